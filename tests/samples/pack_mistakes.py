"""A rule pack with everything in it, and every mistake that can be made in one."""

from __future__ import annotations

GOOD = """
id = "uk-example"
version = "2.1"
jurisdiction = "GB"
status = "law"
dated = 2014-04-01
reviewed = 2026-11-23
in_force = 2014-04-01
title = { zh = "例子", en = "Example" }
about = { zh = "关于", en = "About" }
applies_to = { zh = "债务催收公司", en = "Debt collection firms" }
keep_private = { zh = "密码", en = "Passwords" }

[[documents]]
id = "book"
text = { zh = "手册", en = "Handbook" }

[[groups]]
id = "hours"
title = { zh = "时间", en = "Hours" }

[[markers]]
id = "threat"
key = "F1"
text = { zh = "威胁", en = "Threat" }
item = "not-late"

[[hotlines]]
number = "999"
text = { zh = "警察", en = "Police" }
danger = true
confidence = "verified"

[[items]]
id = "not-late"
phases = ["door", "conversation"]
who = "collector_must_not"
group = "hours"
order = 1
text = { zh = "不太晚", en = "Not late" }
hint = { zh = "提示", en = "Hint" }
sources = [{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]
check = { kind = "automatic", rule = "contact-hours", parameters = { closed_from = "22:00" } }
"""

MORE = """
[[markers]]
id = "showed-mine"
key = "F2"
text = { zh = "我出示了身份证", en = "I showed my ID" }
own = true

[[items]]
id = "papers-match"
phases = ["any"]
who = "collector_must"
group = "hours"
order = 2
text = { zh = "名称一致", en = "Names are the same" }
say = { zh = "请出示证件。", en = "Please show your papers." }
sources = [{ document = "book", place = { zh = "第 2 条", en = "art. 2" }, confidence = "verified" }]
check = { kind = "tick", helpers = [
  { rule = "names-match" },
  { rule = "identity-order", parameters = { marker = "showed-mine" } },
  { rule = "evidence-first", parameters = { item = "not-late" } },
] }

[[cautions]]
id = "promise"
topic = "negotiating"
text = { zh = "承诺会重新起算时效", en = "A promise restarts the limitation period" }
items = ["not-late"]
sources = [{ document = "book", place = { zh = "第 3 条", en = "art. 3" }, confidence = "verified" }]

[[deadlines]]
id = "answer"
text = { zh = "应告知是否受理", en = "They should say whether they take it up" }
begins = "complaint"
length = 7
unit = "working_days"
numbers = ["12315"]
sources = [{ document = "book", place = { zh = "第 4 条", en = "art. 4" }, confidence = "reported" }]

[[senders]]
prefix = "1068"
text = { zh = "短信通道", en = "An SMS channel" }
confidence = "verified"

[consent]
places = ["US-CA", "US-WA"]
text = { zh = "有的清单认为须各方同意", en = "Some lists say all sides must agree" }
otherwise = { zh = "没有清单这样认为", en = "No list says so" }
sources = [{ document = "book", place = { zh = "附录", en = "annex" }, confidence = "reported" }]
"""
WHOLE = GOOD.replace("reviewed = 2026-11-23\n", "reviewed = 2026-11-23\nreview_by = 2027-11-23\n") + MORE

# What is changed in the good pack, the item it is named by, and the reason given.
MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a key is missing": ('version = "2.1"\n', "", "", "missing: version"),
    "an item's key is missing": ('group = "hours"\n', "", "not-late", "missing: items[1].group"),
    "an item has no id": ('[[items]]\nid = "not-late"\n', "[[items]]\n", "items[1]", "missing: items[1].id"),
    "a language is missing": ('zh = "不太晚", ', "", "not-late", "missing: items[1].text.zh"),
    "a text is empty": ('"Not late"', '"  "', "not-late", "empty: items[1].text.en"),
    "a text has line breaks": ('"Not late"', '"Not\\nlate"', "not-late", "not-one-line: items[1].text.en"),
    "a hint is half": ('hint = { zh = "提示", en', "hint = { en", "not-late", "missing: items[1].hint.zh"),
    "a phase is unknown": ('"door"', '"window"', "not-late", "unknown-value: items[1].phases=window"),
    "a phase stands twice": ('"door"', '"conversation"', "not-late", "duplicate: items[1].phases"),
    "any is not alone": ('"door"', '"any"', "not-late", "any-stands-alone: items[1].phases"),
    "phases are empty": ('["door", "conversation"]', "[]", "not-late", "empty: items[1].phases"),
    "phases are no list": ('["door", "conversation"]', '"door"', "not-late", "wrong-type: items[1].phases"),
    "a duty is unknown": (
        '"collector_must_not"',
        '"neighbour"',
        "not-late",
        "unknown-value: items[1].who=neighbour",
    ),
    "a group is unknown": (
        'group = "hours"',
        'group = "manner"',
        "not-late",
        "unknown-value: items[1].group=manner",
    ),
    "an order is zero": ("order = 1", "order = 0", "not-late", "out-of-range: items[1].order"),
    "an order is text": ("order = 1", 'order = "1"', "not-late", "wrong-type: items[1].order"),
    "an order is true": ("order = 1", "order = true", "not-late", "wrong-type: items[1].order"),
    "a check is unknown": ('"automatic"', '"magic"', "not-late", "unknown-value: items[1].check.kind=magic"),
    "a rule is unknown": (
        '"contact-hours"',
        '"moon-phase"',
        "not-late",
        "unknown-rule: items[1].check.rule=moon-phase",
    ),
    "a rule is of another kind": (
        '"automatic"',
        '"suggest"',
        "not-late",
        "unknown-rule: items[1].check.rule=contact-hours",
    ),
    "automatic has no rule": (
        'rule = "contact-hours", ',
        "",
        "not-late",
        "missing: items[1].check.rule",
    ),
    "automatic has no parameters": (
        ', parameters = { closed_from = "22:00" }',
        "",
        "not-late",
        "missing: items[1].check.parameters.closed_from|closed_until",
    ),
    "parameters are no table": (
        '{ closed_from = "22:00" }',
        '"22:00"',
        "not-late",
        "wrong-type: items[1].check.parameters",
    ),
    "a parameter is unknown": (
        "{ closed_from",
        '{ colour = "red", closed_from',
        "not-late",
        "unknown-key: items[1].check.parameters.colour",
    ),
    "an hour is impossible": (
        '"22:00"',
        '"24:00"',
        "not-late",
        "bad-value: items[1].check.parameters.closed_from=24:00",
    ),
    "a tick has a rule": ('"automatic"', '"tick"', "not-late", "tick-needs-no-rule: items[1].check"),
    "a suggestion lacks what it needs": (
        '"automatic", rule = "contact-hours", parameters = { closed_from = "22:00" }',
        '"suggest", rule = "sender-prefix"',
        "not-late",
        "missing: items[1].check.parameters.prefix",
    ),
    "a source is unverified": (
        '"reported"',
        '"unverified"',
        "not-late",
        "unknown-value: items[1].sources[1].confidence=unverified",
    ),
    "a document is unknown": (
        'document = "book"',
        'document = "film"',
        "not-late",
        "unknown-value: items[1].sources[1].document=film",
    ),
    "sources are empty": (
        '[{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]',
        "[]",
        "not-late",
        "empty: items[1].sources",
    ),
    "sources are no list": (
        '[{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]',
        '"book"',
        "not-late",
        "wrong-type: items[1].sources",
    ),
    "an item's key is unknown": (
        "order = 1",
        "order = 1\nodrer = 2",
        "not-late",
        "unknown-key: items[1].odrer",
    ),
    "a text's key is unknown": (
        '"Not late"',
        '"Not late", fr = "Pas"',
        "not-late",
        "unknown-key: items[1].text.fr",
    ),
    "a key is unknown": ('id = "uk-example"', 'id = "uk-example"\ncolour = "red"', "", "unknown-key: colour"),
    "a date is text": ("dated = 2014-04-01", 'dated = "2014-04-01"', "", "bad-date: dated"),
    "a date has a time": ("dated = 2014-04-01", "dated = 2014-04-01T00:00:00", "", "bad-date: dated"),
    "a pack id is odd": ('"uk-example"', '"../x"', "", "bad-value: id=../x"),
    "a version is odd": ('"2.1"', '"newest"', "", "bad-value: version=newest"),
    "a country is odd": ('"GB"', '"Britain"', "", "bad-value: jurisdiction=Britain"),
    "a status is unknown": ('"law"', '"rumour"', "", "unknown-value: status=rumour"),
    "a title is text": ('{ zh = "例子", en = "Example" }', '"Example"', "", "wrong-type: title"),
    "a title is a number": ('zh = "例子"', "zh = 7", "", "wrong-type: title.zh"),
    "a marker names no item": (
        'item = "not-late"',
        'item = "gone"',
        "",
        "unknown-value: markers[1].item=gone",
    ),
    "a marker's key is odd": ('"F1"', '"Q"', "", "bad-value: markers[1].key=Q"),
    "a number is odd": ('"999"', '"nine"', "", "bad-value: hotlines[1].number=nine"),
    "danger is text": ("danger = true", 'danger = "yes"', "", "wrong-type: hotlines[1].danger"),
    "a review is due before it was done": (
        "review_by = 2027-11-23",
        "review_by = 2026-11-23",
        "",
        "not-after-reviewed: review_by",
    ),
    "own is text": ("own = true", 'own = "yes"', "", "wrong-type: markers[2].own"),
    "a deed of the user's breaches an item": (
        "own = true",
        'own = true\nitem = "not-late"',
        "",
        "own-needs-no-item: markers[2]",
    ),
    "a pack id is too long": ('"uk-example"', f'"{"a" * 65}"', "", f"bad-value: id={'a' * 65}"),
    "a helper is unknown": (
        '"names-match"',
        '"moon-phase"',
        "papers-match",
        "unknown-rule: items[2].check.helpers[1].rule=moon-phase",
    ),
    "a helper only suggests": (
        '"names-match"',
        '"licence-number"',
        "papers-match",
        "unknown-rule: items[2].check.helpers[1].rule=licence-number",
    ),
    "a helper's key is unknown": (
        '{ rule = "names-match" }',
        '{ rule = "names-match", kind = "tick" }',
        "papers-match",
        "unknown-key: items[2].check.helpers[1].kind",
    ),
    "a helper has a parameter that is not its own": (
        '{ rule = "names-match" }',
        '{ rule = "names-match", parameters = { limit = "3" } }',
        "papers-match",
        "unknown-key: items[2].check.helpers[1].parameters.limit",
    ),
    "a helper stands twice": (
        '  { rule = "names-match" },\n',
        '  { rule = "names-match" },\n  { rule = "names-match" },\n',
        "papers-match",
        "duplicate: items[2].check.helpers[2]",
    ),
    "helpers are empty": (
        (
            '[\n  { rule = "names-match" },\n'
            '  { rule = "identity-order", parameters = { marker = "showed-mine" } },\n'
            '  { rule = "evidence-first", parameters = { item = "not-late" } },\n]'
        ),
        "[]",
        "papers-match",
        "empty: items[2].check.helpers",
    ),
    "a helper names a marker that is gone": (
        'marker = "showed-mine"',
        'marker = "gone"',
        "papers-match",
        "unknown-value: items[2].check.helpers[2].parameters.marker=gone",
    ),
    "a helper names an item that is gone": (
        'item = "not-late" } },',
        'item = "gone" } },',
        "papers-match",
        "unknown-value: items[2].check.helpers[3].parameters.item=gone",
    ),
    "an agreed time is no yes": (
        '{ closed_from = "22:00" }',
        '{ closed_from = "22:00", unless_agreed = "no" }',
        "not-late",
        "bad-value: items[1].check.parameters.unless_agreed=no",
    ),
    "a limit is no number": (
        'rule = "contact-hours", parameters = { closed_from = "22:00" }',
        'rule = "calls-connected-per-day", parameters = { limit = "three" }',
        "not-late",
        "bad-value: items[1].check.parameters.limit=three",
    ),
    "a limit is zero": (
        'rule = "contact-hours", parameters = { closed_from = "22:00" }',
        'rule = "calls-in-days", parameters = { limit = "0", days = "7" }',
        "not-late",
        "bad-value: items[1].check.parameters.limit=0",
    ),
    "a limit is not a text": (
        'rule = "contact-hours", parameters = { closed_from = "22:00" }',
        'rule = "visit-team-size", parameters = { least = 2 }',
        "not-late",
        "wrong-type: items[1].check.parameters.least",
    ),
    "days are missing": (
        'rule = "contact-hours", parameters = { closed_from = "22:00" }',
        'rule = "calls-in-days", parameters = { limit = "7" }',
        "not-late",
        "missing: items[1].check.parameters.days",
    ),
    "an item whose refusal counts is gone": (
        '"automatic", rule = "contact-hours", parameters = { closed_from = "22:00" }',
        '"suggest", rule = "documents-refused", parameters = { items = "papers-match,gone" }',
        "not-late",
        "unknown-value: items[1].check.parameters.items=papers-match,gone",
    ),
    "a caution's topic is unknown": (
        '"negotiating"',
        '"paying"',
        "",
        "unknown-value: cautions[1].topic=paying",
    ),
    "a caution's item is gone": (
        'items = ["not-late"]',
        'items = ["gone"]',
        "",
        "unknown-value: cautions[1].items=gone",
    ),
    "a caution's items are a text": (
        'items = ["not-late"]',
        'items = "not-late"',
        "",
        "wrong-type: cautions[1].items",
    ),
    "a caution's items are empty": ('items = ["not-late"]', "items = []", "", "empty: cautions[1].items"),
    "a caution's item stands twice": (
        'items = ["not-late"]',
        'items = ["not-late", "not-late"]',
        "",
        "duplicate: cautions[1].items",
    ),
    "a deadline begins with something unknown": (
        '"complaint"',
        '"sunrise"',
        "",
        "unknown-value: deadlines[1].begins=sunrise",
    ),
    "a deadline's length is a text": ("length = 7", 'length = "7"', "", "wrong-type: deadlines[1].length"),
    "a deadline's unit is unknown": (
        '"working_days"',
        '"weeks"',
        "",
        "unknown-value: deadlines[1].unit=weeks",
    ),
    "a deadline's number is odd": ('["12315"]', '["12"]', "", "bad-value: deadlines[1].numbers=12"),
    "a deadline without a complaint has numbers": (
        '"complaint"',
        '"breach"',
        "",
        "numbers-need-complaint: deadlines[1]",
    ),
    "a deadline has no source": (
        (
            'numbers = ["12315"]\nsources = [{ document = "book", place = { zh = "第 4 条", en = "art. 4" }, '
            'confidence = "reported" }]'
        ),
        "",
        "",
        "missing: deadlines[1].sources",
    ),
    "a prefix has letters": ('"1068"', '"1068x"', "", "bad-value: senders[1].prefix=1068x"),
    "a place is a country": ('"US-CA"', '"US"', "", "bad-value: consent.places=US"),
    "a place stands twice": ('"US-WA"', '"US-CA"', "", "duplicate: consent.places"),
    "a place is a number": ('["US-CA", "US-WA"]', "[1]", "", "wrong-type: consent.places"),
    "consent says half": (
        'otherwise = { zh = "没有清单这样认为", en = "No list says so" }\n',
        "",
        "",
        "missing: consent.otherwise",
    ),
    "consent's key is unknown": (
        "otherwise =",
        'verdict = "no"\notherwise =',
        "",
        "unknown-key: consent.verdict",
    ),
    "consent is a list": ("[consent]", "[[consent]]", "", "wrong-type: consent"),
}
