"""Roll-ups (R16): laws that hold for any visits, in any zone, at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.records import Visit
from app.streams.activity import LAPSE_BANDS, PATIENT_STAGES
from app.sync.rollups import Thresholds, activity_of, lapse_band, patient_stage
from tests.app.sync.rolled import ZONE, rolled, visit

moments = st.datetimes(datetime(2023, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
visits = st.lists(
    st.builds(
        Visit,
        id=st.integers(1, 10**18).map(str),
        patient_id=st.just("7"),
        starts_at=moments,
        ends_at=moments,
        practitioner_id=st.sampled_from(["", "1", "2", "3"]),
        business_id=st.sampled_from(["", "5"]),
        type_id=st.sampled_from(["", "3"]),
        arrived=st.sampled_from([None, True, False]),
        did_not_arrive=st.booleans(),
        cancelled_at=st.none() | moments,
        is_removed=st.booleans(),
        is_counted=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)
zones = st.sampled_from(["Australia/Sydney", "Europe/London", "America/St_Johns", "Pacific/Apia", "UTC"])


@settings(max_examples=150, deadline=None)
@given(visits, moments, zones, st.booleans(), st.randoms(use_true_random=False))
def test_laws_that_always_hold(
    given_visits: list[Visit], now: datetime, zone: str, tick: bool, order: object
) -> None:
    """R16: the order of reading does not matter, values fit their properties, and sums agree."""
    shape = Thresholds(require_tick=tick)
    values = rolled(given_visits, [], now=now, zone=ZoneInfo(zone), thresholds=shape)
    shuffled = list(given_visits)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rolled(shuffled, [], now=now, zone=ZoneInfo(zone), thresholds=shape) == values
    countable = [each for each in given_visits if each.is_counted and not each.is_removed]
    assert rolled(countable, [], now=now, zone=ZoneInfo(zone), thresholds=shape) == values
    activity = activity_of(given_visits, now, ZoneInfo(zone), shape)
    assert 0 <= activity.visits_12m <= activity.visits_total
    assert activity.late_cancellations <= activity.cancellations
    assert activity.visits_total + activity.no_shows + activity.cancellations <= len(countable)
    assert (activity.last is None) == (values["cliniko_lapse_band"] == "never")
    assert (activity.next is None) == (values["cliniko_has_upcoming"] == "false")
    if activity.first and activity.last:
        assert activity.first.starts_at <= activity.last.starts_at <= now
        assert (activity.days_since or 0) >= 0
    if activity.next:
        assert activity.next.starts_at > now
    assert values["cliniko_lapse_band"] in LAPSE_BANDS
    assert values["cliniko_patient_stage"] in PATIENT_STAGES


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1200), st.integers(1, 900), st.integers(1, 900))
def test_a_patient_only_moves_on_while_nothing_happens(days: int, lapsed: int, inactive: int) -> None:
    """R16: with time alone, band and stage never go back."""
    shape = Thresholds(lapsed_days=lapsed, inactive_days=inactive)
    one = visit("1", "2023-07-01T09:00")
    stages = ["new", "lapsed", "inactive"]
    seen = [
        activity_of([one], one.ends_at + timedelta(days=count), ZONE, shape) for count in (days, days + 1)
    ]
    bands = [LAPSE_BANDS.index(lapse_band(each.days_since)) for each in seen]
    places = [stages.index(patient_stage(each, shape)) for each in seen]
    assert bands == sorted(bands)
    assert places == sorted(places)
