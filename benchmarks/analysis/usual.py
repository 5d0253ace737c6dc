"""The yardstick of the scale part: ``python -m benchmarks.analysis.usual IN.jsonl OUT.jsonl``.

The usual way to group very many texts with scikit-learn: hashed words and KMeans in small batches,
as many groups as the product would make.
"""

import json
import sys
from pathlib import Path

from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import HashingVectorizer

from citizen.analysis.grouping import suggested_clusters


def main() -> None:
    """Group the texts of a file and write their groups."""
    source, target = map(Path, sys.argv[1:])
    with source.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    matrix = HashingVectorizer(n_features=2**18).fit_transform([row["text"] for row in rows])
    model = MiniBatchKMeans(suggested_clusters(len(rows)), batch_size=4096, n_init=3, random_state=0)
    groups = model.fit_predict(matrix)
    with target.open("w", encoding="utf-8") as file:
        for row, group in zip(rows, groups, strict=True):
            file.write(json.dumps({"id": row["id"], "cluster": int(group)}) + "\n")


if __name__ == "__main__":
    main()
