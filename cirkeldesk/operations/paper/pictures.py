"""Papers as pictures: the door through which a page of the window reaches them."""

from cirkeldesk.exchange.pdf.pictures import Picture as Picture
from cirkeldesk.exchange.pdf.pictures import pictures as pictures
