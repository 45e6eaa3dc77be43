"""The story of a plan that slips, so that what is asked of its forecast has examples."""

from tests.contracts.recorder import Recorder
from tests.factories.forecast import make_forecast


async def tell_of_forecasts(api: Recorder) -> None:
    """Ask how a plan stands, what a later round would put at risk, and the way back from the Council."""
    forecast = await make_forecast(api.world)
    step = {"activityId": forecast.steps["Paper for the PTC"], "expectedRevision": 1}
    await api.act("canada", "redateActivity", **step, period="March 2019", reason="The round was extended.")
    await api.ask("japan", "PlanOverview", first=2)
    await api.ask("japan", "GroupHealth", first=2)
    await api.ask("canada", "CriticalPath", planId=forecast.plan, first=2)
    await api.ask("canada", "PreviewShift", input={"subjectId": forecast.round, "days": 150}, first=2)
    await api.ask("canada", "PreviewShift", input={"subjectId": forecast.round, "days": 0})
    await api.ask("canada", "BackPlan", input={"committeeToCouncilDays": 57})
    await api.ask("canada", "PlanSlips", id=forecast.plan, first=2)
    await api.ask("canada", "StepChoices", planId=forecast.plan, **{"from": "2018-09-24"})
