"""What counts as one address where it is counted how often somebody does a thing."""

import pytest
from flask import Flask

from citizen.base.limits import network_of, sent_this_hour


@pytest.mark.parametrize(("one", "other", "same"), [
    ("192.0.2.7", "192.0.2.7", True), ("192.0.2.7", "192.0.2.8", False),
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.7", "192.0.2.7", True), ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
    ("fe80::1%eth0", "fe80::2%eth1", True), ("", "", True), ("unix:", "unix:", True),
])
def test_addresses_of_one_line_are_one(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_machine_does_not_begin_anew_with_another_address_of_its_own(app: Flask) -> None:
    counts = []
    for number in range(4):
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8:7:7::{number}"}):
            counts.append(sent_this_hour("tried"))
    assert counts == [1, 2, 3, 4]
