from headwater.case import Case as Case
from headwater.case import open as open
from headwater.errors import HeadwaterError as HeadwaterError
from headwater.settings import Settings as Settings

__version__: str
