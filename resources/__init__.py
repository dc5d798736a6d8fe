"""Where the files beside the code are: contract, theme, icons, fonts, translations."""

from pathlib import Path

ROOT = Path(__file__).parent
