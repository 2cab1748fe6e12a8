"""Packs as they arrive, and the pack that is shipped for training."""

import msgspec
import pytest

import resources
from desktop.policy.engine import answer_question
from desktop.policy.pack import CountyPack
from desktop.policy.pack_rules import faults_of, oddities_of, unset_keys
from desktop.policy.signed_pack import PackRefused, open_signed

TRAINING = resources.read_bytes("policy", "training_pack.json")


def genuine(signature: bytes, content: bytes) -> bool:
    return signature == b"county"


def refused(content: bytes, signature: bytes = b"county") -> PackRefused:
    with pytest.raises(PackRefused) as caught:
        open_signed(content, signature, genuine)
    return caught.value


def test_a_pack_signed_by_the_county_is_opened_ZT_045():
    assert open_signed(TRAINING, b"county", genuine).pack.pack_version == "training-1", "ZT-045"


def test_a_pack_of_somebody_else_is_refused_before_it_is_read():
    assert refused(b"no json at all", b"thief").code == "policy.pack_signature"


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", TRAINING[:-20], b"[" * 100_000, b'{"standards": "all"}'])
def test_a_broken_pack_is_refused_whole(content):
    refusal = refused(content)
    assert refusal.code == "policy.pack_unreadable" and refusal.safe


def test_a_pack_that_breaks_a_rule_is_refused_by_its_name():
    raw = msgspec.json.decode(TRAINING)
    raw["notice_days"]["default"] = 3
    raw["standards"][2]["amount"] = "909.99"
    refusal = refused(msgspec.json.encode(raw))
    assert refusal.code == "policy.pack_rules" and set(refusal.rules) == {"DB-070", "TK-051"}


def test_the_training_pack_sets_everything_and_breaks_nothing():
    pack = CountyPack.read(msgspec.json.decode(TRAINING)).pack
    assert (faults_of(pack), oddities_of(pack), unset_keys(pack)) == ((), (), ())


def test_the_training_pack_says_that_it_is_nobodys_D11():
    raw = msgspec.json.decode(TRAINING)
    assert raw["county_code"] == "513299", "the unassigned county of test people"
    assert "演练" in raw["approved_by"] and "不是任何地方" in raw["approved_by"]
    assert all("演练" in row["doc_no"] for row in (*raw["standards"], *raw["price_linkage"]))


def test_the_training_packs_calendar_is_the_official_one(county):
    assert CountyPack.read(msgspec.json.decode(TRAINING)).calendar == county.calendar


def test_the_training_pack_answers_where_the_fixture_leaves_open(county):
    question = {"id": "q", "ask": "refer", "need": "housing", "on": "2026-09-24"}
    assert answer_question(county, question)["due"] is None
    assert answer_question(CountyPack.read(msgspec.json.decode(TRAINING)), question)["due"] == "2026-10-15"
