"""What a run says that it cost."""

from collections import Counter

from tests.kosten import regels


def test_each_part_that_cost_anything_has_a_line():
    zonder = {"zonder aantal": 6, "zonder zelf": 201.24, "zonder gestart": 40.0, "zonder klok": 260.0}
    een, ander = Counter(zonder), Counter(zonder | {"vinden zelf": 4.5, "vinden klok": 5.0})

    een.update(ander)

    assert list(regels(een)) == [
        "de tests vinden: 4,5 s processortijd, in gestarte programma's 0,0 s, op de klokken samen 5,0 s",
        "zonder browser, 12 tests: 402,5 s processortijd, in gestarte programma's 80,0 s, op de klokken samen 520,0 s",
    ]
