"""Which click on the people's cards leads to which presenter, and what they show of it."""

from __future__ import annotations

from evidencedesk.ui.encounter.collector_cards import CollectorCards
from evidencedesk.ui.encounter.people.hotline_presenter import HotlinePresenter
from evidencedesk.ui.encounter.people.photos_presenter import PhotosPresenter
from evidencedesk.ui.encounter.people.team_presenter import TeamPresenter
from evidencedesk.ui.encounter.people_presenter import PeoplePresenter


def join_people(
    cards: CollectorCards,
    people: PeoplePresenter,
    team: TeamPresenter,
    hotline: HotlinePresenter,
    photos: PhotosPresenter,
) -> None:
    """Join a page's cards with the presenters of one encounter."""
    cards.field_edited.connect(people.field_edited)
    cards.name_on_edited.connect(people.name_on_edited)
    cards.listed_clicked.connect(people.listed_clicked)
    cards.editing_finished.connect(people.save)
    cards.document_clicked.connect(people.document_clicked)
    cards.person_clicked.connect(people.person_clicked)
    cards.add_clicked.connect(people.add_clicked)
    cards.take_over_clicked.connect(people.take_over)
    cards.files_came.connect(photos.files_dropped)
    cards.picture_came.connect(photos.picture_pasted)
    cards.team.counted.connect(team.counted)
    cards.team.exact_number.connect(team.exact_number)
    cards.team.agreed_clicked.connect(team.agreed_clicked)
    cards.hotline.number_edited.connect(hotline.number_edited)
    cards.hotline.agent_edited.connect(hotline.agent_edited)
    cards.hotline.editing_finished.connect(hotline.save)
    cards.hotline.answered.connect(hotline.answered)
    cards.hotline.withdrawn.connect(hotline.withdrawn)
    team.state_changed.connect(cards.render_team)
    hotline.state_changed.connect(cards.render_hotline)
    photos.state_changed.connect(cards.render_photos)
    cards.render_team(team.state)
    cards.render_hotline(hotline.state)
    cards.render_photos(photos.state)
