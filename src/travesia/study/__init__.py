"""From a pack and a question to a study: the order of a run, and the folder it is saved as."""

from travesia.study.assembling import Prepared, Request, Told, prepare, run_study
from travesia.study.choosing import Known, ledger_of
from travesia.study.displaced import WalkRequest, displacement_of, simulate_displacement
from travesia.study.inputs import ModelInput, model_inputs
from travesia.study.saving import REPORT_FILE, save_study, save_tables
from travesia.study.single import Single, simulate_one
from travesia.study.study import TABLES, Reading, ScenarioNote, Study
from travesia.study.systems import System, systems_of

__all__ = [
    "REPORT_FILE",
    "TABLES",
    "Known",
    "ModelInput",
    "Prepared",
    "Reading",
    "Request",
    "ScenarioNote",
    "Single",
    "Study",
    "System",
    "Told",
    "WalkRequest",
    "displacement_of",
    "ledger_of",
    "model_inputs",
    "prepare",
    "run_study",
    "save_study",
    "save_tables",
    "simulate_displacement",
    "simulate_one",
    "systems_of",
]
