"""The program's side of the suggestions never imports spaCy."""

import subprocess
import sys

from annotator.suggest.child import worker_environment


def test_host_config_protocol_and_run_import_no_spacy_and_no_numpy():
    code = (
        "import sys\n"
        "import annotator.suggest.host, annotator.suggest.config, annotator.suggest.protocol, annotator.suggest.run\n"
        "from annotator.app.sources import load_schema\n"
        "annotator.suggest.config.SuggestConfig.from_schema(load_schema('news'))\n"
        "print([name for name in ('spacy', 'thinc', 'numpy', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=worker_environment(), check=True, timeout=60
    )
    assert done.stdout == "[]\n"
