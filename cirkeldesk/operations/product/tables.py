"""How a table that others made is read: opened, proposed, changed by a person, kept for the next of its kind.

The door through which a page reaches the readers of tables; what becomes of the file is done in `products`.
"""

from cirkeldesk.exchange.reading import read_amount as read_amount
from cirkeldesk.exchange.recognise import open_table as open_table
from cirkeldesk.exchange.recognise import shown_name as shown_name
from cirkeldesk.exchange.table.indicator_names import candidates as candidates
from cirkeldesk.exchange.table.sheet import Sheet as Sheet
from cirkeldesk.exchange.table.sheet import column_letters as column_letters
from cirkeldesk.exchange.table.table_mapping import TableMapping as TableMapping
from cirkeldesk.exchange.table.table_mapping import ambiguous as ambiguous
from cirkeldesk.exchange.table.table_mapping import as_read as as_read
from cirkeldesk.exchange.table.table_mapping import brackets_are_open as brackets_are_open
from cirkeldesk.exchange.table.table_mapping import key_text as key_text
from cirkeldesk.exchange.table.table_mapping import mapping_at as mapping_at
from cirkeldesk.exchange.table.table_mapping import open_labels as open_labels
from cirkeldesk.exchange.table.table_mapping import propose as propose
from cirkeldesk.exchange.table.table_mapping import sign_is_open as sign_is_open
