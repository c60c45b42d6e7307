"""A model's labels become the project's, or nothing."""

from annotator.suggest.labels import guess_label_map, map_label


def test_without_a_map_labels_are_guessed_by_their_names():
    guessed = guess_label_map(["Person", "Organisation", "LOC", "Date"])
    assert guessed["PERSON"] == "Person"
    assert guessed["ORG"] == "Organisation"
    assert guessed["GPE"] == guessed["FAC"] == "LOC"
    assert guessed["DATE"] == "Date"
    assert "MONEY" not in guessed


def test_one_label_may_take_several_and_others_are_ignored():
    label_map = {"GPE": "PLACE", "LOC": "PLACE", "CARDINAL": "ignore"}
    assert map_label(label_map, "LOC", {"PLACE"}) == "PLACE"
    assert map_label(label_map, "CARDINAL", {"PLACE", "CARDINAL"}) is None


def test_a_label_outside_the_map_is_kept_when_the_project_has_it():
    assert map_label({}, "DISEASE", {"DISEASE"}) == "DISEASE"
    assert map_label({}, "PRODUCT", {"DISEASE"}) is None
