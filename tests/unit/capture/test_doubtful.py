from __future__ import annotations

import pytest

from evidencedesk.capture.speech.doubtful import is_doubtful

PROMPT = "以下是普通话的对话,用简体中文记录。"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 。 ",
        "以下是普通话的对话",
        "以下是普通话的对话, 用简体中文记录",
        "以下是普通话的对话,用简体中文记录。谢谢",
        "谢谢谢谢谢谢谢谢谢谢谢谢谢谢",
        "请不吝点赞订阅 " * 12,
        "thank you for watching. " * 10,
    ],
)
def test_echoes_and_endless_repetitions_are_doubtful(text: str) -> None:
    assert is_doubtful(text, PROMPT)


@pytest.mark.parametrize(
    "text",
    [
        "好",
        "对话",
        "您好,请问是李先生吗?",
        "对对对,我知道了",
        "你今天必须还款,不还款我们就上门,明天就上门。",
        "You owe eighteen thousand six hundred yuan, and it has to be paid today.",
    ],
)
def test_what_people_say_is_kept(text: str) -> None:
    assert not is_doubtful(text, PROMPT)


def test_without_a_prompt_nothing_is_an_echo() -> None:
    assert not is_doubtful("以下是普通话的对话")
