"""Portfolio candidates: from one or more themes to a need with evidence, and a decision."""
