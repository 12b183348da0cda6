"""Audits: a random sample of what a register says, held against the source, and what was found right and wrong."""

from generator.audits.facts import KINDS, Fact, register_name, register_to_facts
from generator.audits.files import AUDITS, audit_path, find_audit, load_audits, write_audit
from generator.audits.interval import wilson
from generator.audits.sample import SAMPLE, SEED, count_kinds, facts_to_sample
from generator.audits.show import quote_fact, render_facts, render_stale
from generator.audits.standing import add_sample, apply_audit, audit_to_state, worst

__all__ = [
    "AUDITS",
    "KINDS",
    "SAMPLE",
    "SEED",
    "Fact",
    "add_sample",
    "apply_audit",
    "audit_path",
    "audit_to_state",
    "count_kinds",
    "facts_to_sample",
    "find_audit",
    "load_audits",
    "quote_fact",
    "register_name",
    "register_to_facts",
    "render_facts",
    "render_stale",
    "wilson",
    "worst",
    "write_audit",
]
