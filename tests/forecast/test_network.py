"""Delays, misses and floats of a network: agreed with a slow reading of every path, and on the cases of the paper."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.forecast.rules.critical import FREE, find_critical_path, find_floats
from server.domain.forecast.rules.network import Link, Network, PlanStep, build_network
from server.domain.forecast.rules.slips import compare, foresee

START = date(2027, 1, 1)
quick = settings(max_examples=40, deadline=None, derandomize=True)


def day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(days=number)


@st.composite
def networks(draw: st.DrawFn, *, circles: bool = False) -> Network:
    """Draw a small network of steps with any period, some settled and some at a sitting."""
    count = draw(st.integers(1, 6))
    steps = []
    for number in range(count):
        begins = draw(st.none() | st.integers(0, 90))
        ends = draw(st.none() | st.integers(begins or 0, 120))
        at_sitting = draw(st.booleans()) and (begins is not None or ends is not None)
        papers = draw(st.none() | st.integers(0, 90)) if at_sitting else None
        is_settled = draw(st.integers(0, 5)) == 0
        steps.append(
            PlanStep(f"S{number}", day(begins), day(ends), is_settled, "SIT" if at_sitting else "", day(papers))
        )
    places = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(places, places, st.integers(-3, 20)), max_size=9))
    kept = {(a, b): lag for a, b, lag in pairs if (a != b if circles else a < b)}
    return build_network(steps, [Link(f"S{a}", f"S{b}", lag) for (a, b), lag in kept.items()])


def paths_to(network: Network, place: int) -> list[list[int]]:
    """Return every path that ends at a step, however many there are."""
    longer = [[*path, place] for first, _ in network.before[place] for path in paths_to(network, first)]
    return [[place], *longer]


def lag_of(network: Network, first: int, second: int) -> int:
    return next(lag for place, lag in network.before[second] if place == first)


def own_delay(network: Network, place: int, shifts: dict[int, int], today: int | None) -> int:
    step, end, shift = network.steps[place], network.ends[place], shifts.get(place, 0)
    if today is not None and end is not None and (step.begins_on or step.ends_on):
        return max(shift, today - end)
    return shift


def slow_delay(network: Network, place: int, shifts: dict[int, int], today: int | None) -> int:
    """Read every path: what its first step is late, less all slack on the way, unless a sitting stands in between."""
    if network.steps[place].is_settled:
        return 0
    if network.steps[place].anchor_id:
        return own_delay(network, place, shifts, today)
    arriving = []
    for path in paths_to(network, place):
        if all(not network.steps[step].anchor_id for step in path[1:]):
            slack = sum(network.slack(a, b, lag_of(network, a, b)) for a, b in pairwise(path))
            arriving.append(own_delay(network, path[0], shifts, today) - slack)
    return max(arriving)


SHIFTS = st.dictionaries(st.integers(0, 6), st.integers(-20, 60), max_size=3)
TODAYS = st.none() | st.integers(-10, 130).map(lambda number: START.toordinal() + number)


@quick
@given(network=networks(), shifts=SHIFTS, today=TODAYS)
def test_delays_are_those_of_reading_every_path(network: Network, shifts: dict[int, int], today: int | None) -> None:
    forecast = foresee(network, shifts, today)

    places = range(len(network.steps))
    assert forecast.delays == [slow_delay(network, place, shifts, today) for place in places]
    for place in places:
        waits = [
            network.ends[a] + forecast.delays[a] + lag  # type: ignore[operator]
            for a, lag in network.before[place]
            if network.ends[a] is not None
        ]
        if network.steps[place].anchor_id and not network.steps[place].is_settled and waits:
            planned = network.begins[place] + forecast.delays[place]  # type: ignore[operator]
            assert forecast.late[place] == max(0, max(waits) - planned)
        else:
            assert forecast.late[place] == forecast.papers[place] == 0
        missing = [step for path in paths_to(network, place) for step in path]
        risky = any(forecast.late[step] or forecast.papers[step] for step in missing)
        assert forecast.at_risk[place] == (risky and not network.steps[place].is_settled)


@quick
@given(network=networks(), today=TODAYS, extra=st.integers(1, 40))
def test_a_float_is_the_delay_that_the_targets_just_bear(network: Network, today: int | None, extra: int) -> None:
    """Move a step by its float: nothing on the way is missed that was not. By a day more: something is."""
    targets = [place for place, step in enumerate(network.steps) if step.anchor_id]
    forecast = foresee(network, {}, today)
    floats = find_floats(network, forecast, targets, 0)

    for place, left in enumerate(floats.days):
        if left is None or network.steps[place].anchor_id:
            continue
        assert left < FREE

        def misses(delay: int, place: int = place) -> int:
            """Return by how much the worst of what comes after is too late if the step ends so much later."""
            base = forecast.delays[place]
            moved = foresee(network, {place: base + delay}, today)
            return max(
                max(late, papers)
                for at, (late, papers) in enumerate(zip(moved.late, moved.papers, strict=True))
                if at in targets and any(place in path for path in paths_to(network, at))
            )

        if left >= 0:
            before = misses(0)
            assert misses(left) == before or before > 0
            assert misses(left + extra) >= extra
        else:
            assert misses(0) >= -left


@quick
@given(network=networks(), shifts=SHIFTS, today=TODAYS)
def test_a_knock_on_is_the_difference_of_two_forecasts(
    network: Network, shifts: dict[int, int], today: int | None
) -> None:
    before, after = foresee(network, {}, today), foresee(network, shifts, today)

    change = compare(network, before, after)

    for place in range(len(network.steps)):
        assert change.moved.get(place, 0) == after.delays[place] - before.delays[place]
        assert (place in change.missed) == (after.late[place] > before.late[place])
    assert compare(network, before, before) == ({}, {}, {}, {}, [])


@quick
@given(network=networks(circles=True), shifts=SHIFTS, today=TODAYS)
def test_circles_end(network: Network, shifts: dict[int, int], today: int | None) -> None:
    forecast = foresee(network, shifts, today)
    floats = find_floats(network, forecast, range(len(network.steps)), START.toordinal() + 60)
    path = find_critical_path(network, floats)

    assert sorted(network.order) == list(range(len(network.steps)))
    rank = {place: number for number, place in enumerate(network.order)}
    assert all(rank[first] < rank[place] for place in rank for first, _ in network.before[place])
    assert len(set(path)) == len(path)


def test_a_round_three_weeks_late_misses_the_papers_of_the_committee_and_so_the_council() -> None:
    """The example of the work plan: round, one text, paper for the PTC, its sitting in April, Council in June."""
    ptc, council = date(2027, 4, 26), date(2027, 6, 24)
    network = build_network(
        [
            PlanStep("round", date(2027, 1, 29), date(2027, 1, 29), anchor_id="RND"),
            PlanStep("text", date(2027, 2, 1), date(2027, 2, 26)),
            PlanStep("paper", date(2027, 3, 1), date(2027, 3, 5)),
            PlanStep("ptc", ptc, ptc, anchor_id="SIT_ptc", papers_on=ptc - timedelta(days=49)),
            PlanStep("council", council, council, anchor_id="SIT_council", papers_on=council - timedelta(days=49)),
        ],
        [Link("round", "text"), Link("text", "paper"), Link("paper", "ptc"), Link("ptc", "council")],
    )
    today = date(2026, 11, 28).toordinal()
    floats = find_floats(network, foresee(network, {}, today), [4], council.toordinal())

    change = compare(network, foresee(network, {}, today), foresee(network, {0: 21}, today))

    names = [step.id for step in network.steps]
    assert {names[place]: days for place, days in change.moved.items()} == {"round": 21, "text": 18, "paper": 15}
    assert (change.missed, change.missed_papers) == ({}, {3: 12})
    assert names[change.blamed[3]] == "paper"
    assert [names[place] for place in change.at_risk] == ["council"]
    assert floats.days[:4] == [9, 6, 3, 10]
    assert [names[place] for place in find_critical_path(network, floats)] == names


def test_an_undated_step_hands_a_delay_on_and_a_settled_one_does_not() -> None:
    steps = [
        PlanStep("a", day(0), day(10)),
        PlanStep("b", None, None),
        PlanStep("c", day(12), day(20)),
        PlanStep("d", None, None),
    ]
    links = [Link("a", "b"), Link("b", "c"), Link("d", "c")]

    assert foresee(build_network(steps, links), {0: 5}, None).delays == [5, 5, 3, 0]
    steps[1] = steps[1]._replace(is_settled=True)
    assert foresee(build_network(steps, links), {0: 5}, None).delays == [5, 0, 0, 0]


def test_what_is_overdue_today_moves_what_waits_for_it() -> None:
    network = build_network([PlanStep("a", day(0), day(10)), PlanStep("b", day(11), day(30))], [Link("a", "b")])

    forecast = foresee(network, {}, START.toordinal() + 25)

    assert forecast.delays == [15, 14]
    assert forecast.causes == [-1, 0]


def chain(closes: date, text: tuple[date, date]) -> Network:
    """A round, one text after it and a paper, first planned for 12, 13 to 20 and 24 December."""

    def first(begins: int, ends: int) -> dict[str, date]:
        return {"baseline_begins_on": date(2026, 12, begins), "baseline_on": date(2026, 12, ends)}

    paper = date(2026, 12, 24)
    steps = [
        PlanStep("round", closes, closes, anchor_id="RND", **first(12, 12)),  # type: ignore[arg-type]
        PlanStep("text", *text, **first(13, 20)),  # type: ignore[arg-type]
        PlanStep("paper", paper, paper, anchor_id="SIT", is_at_sitting=True, **first(24, 24)),  # type: ignore[arg-type]
    ]
    return build_network(steps, [Link("round", "text"), Link("text", "paper")])


DECEMBER = date(2026, 12, 13), date(2026, 12, 20)
NOVEMBER = date(2026, 11, 28).toordinal()


def test_a_move_that_happened_has_the_knock_on_of_its_preview() -> None:
    planned, happened = chain(date(2026, 12, 12), DECEMBER), chain(date(2027, 1, 2), DECEMBER)

    preview, real = foresee(planned, {0: 21}, NOVEMBER), foresee(happened, {}, NOVEMBER)

    assert preview.delays == [21, 20, 0]
    assert real.delays == [0, 20, 0]
    assert real.causes[1] == 0
    assert (real.late, real.at_risk) == (preview.late, preview.at_risk) == ([0, 0, 16], [False, False, True])
    assert find_floats(happened, real, [2], 0).days[:2] == [-16, -16]
    further = compare(happened, real, foresee(happened, {0: 1}, NOVEMBER))
    assert (further.moved, further.missed) == ({0: 1, 1: 1}, {2: 17})


def test_a_step_that_was_given_days_behind_what_it_waits_for_is_not_pushed_again() -> None:
    behind = chain(date(2027, 1, 2), (date(2027, 1, 3), date(2027, 1, 10)))

    assert foresee(behind, {}, NOVEMBER).delays == [0, 0, 0]


def test_periods_that_overlapped_at_first_push_only_by_what_they_overlap_more() -> None:
    first = {"baseline_begins_on": day(0), "baseline_on": day(30)}
    before, after = PlanStep("a", day(0), day(30), **first), PlanStep("b", day(0), day(30), **first)  # type: ignore[arg-type]

    def delay(*steps: PlanStep) -> int:
        return foresee(build_network(steps, [Link("a", "b")]), {}, None).delays[1]

    assert delay(before, after) == 0
    assert delay(before._replace(ends_on=day(37)), after) == 7
    later = {"begins_on": day(31), "ends_on": day(60)}
    assert delay(before._replace(**later), after) == 30
    assert delay(before._replace(**later), after._replace(**later)) == 0


def test_a_step_that_was_given_the_period_of_what_it_waits_for_goes_on_with_it() -> None:
    """Whoever gives a step that very period means the two to overlap; one that is caught up by the other is pushed."""

    def step(id_: str, first: tuple[int, int], now: tuple[int, int]) -> PlanStep:
        at_first = {"baseline_begins_on": day(first[0]), "baseline_on": day(first[1])}
        return PlanStep(id_, day(now[0]), day(now[1]), **at_first)  # type: ignore[arg-type]

    def delay(before: tuple[int, int], after: tuple[int, int], lag: int = 0) -> int:
        steps = [step("a", (0, 30), before), step("b", (31, 60), after)]
        return foresee(build_network(steps, [Link("a", "b", lag)]), {}, None).delays[1]

    assert delay((0, 30), (31, 60)) == 0
    assert delay((0, 30), (0, 30)) == 0  # moved forward onto it
    assert delay((61, 90), (61, 90)) == 0  # both moved to one period
    assert delay((31, 60), (31, 60)) == 29  # caught up: its own period was never changed
    assert delay((61, 90), (61, 89)) == 29  # nearly the same is another period, and begins too early
    assert delay((61, 90), (61, 90), lag=7) == 7  # it cannot end before what it waits for, and the days between


def test_nothing_ends_before_what_it_waits_for_whatever_was_printed() -> None:
    network = build_network([PlanStep("a", day(0), day(30)), PlanStep("b", day(0), day(20))], [Link("a", "b")])

    assert foresee(network, {}, None).delays == [0, 10]


def test_each_step_and_each_link_is_looked_at_once() -> None:
    """A chain with short cuts has more paths than there are atoms: reading each of them would never end."""
    count = 3000
    steps = [PlanStep(f"S{number}", day(number), day(number + 1)) for number in range(count)]
    links = [
        Link(f"S{number}", f"S{number + gap}") for number in range(count) for gap in (1, 2) if number + gap < count
    ]

    network = build_network(steps, links)

    assert foresee(network, {0: 7}, None).delays == [7] * count
