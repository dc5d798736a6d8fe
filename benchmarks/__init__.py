"""Measures the speed budgets of design.md section 7, each beside a floor or a peer."""
