"""Invented people for the demo's appointments, and nothing else."""

NAMES = (
    "Juniper Quillfeather",
    "Alder Marshwick",
    "Marlow Tanglewood",
    "Posy Brightwater",
    "Wren Ashgrove",
    "Caspian Thistledown",
    "Linnea Merriweather",
    "Orson Stonebridge",
    "Tamsin Larkspur",
    "Bodhi Fennimore",
    "Saffron Copperfield",
    "Emrys Winterbourne",
    "Ottilie Dapplegate",
    "Leif Hawksmoor",
    "Marigold Applecross",
    "Thaddeus Nightingale",
    "Isolde Rookwood",
    "Rufus Silverton",
    "Clementine Underhill",
    "Anselm Whitlock",
    "Fern Farthingale",
    "Hollis Goldcrest",
    "Zinnia Holloway",
    "Barnaby Ironbark",
    "Elowen Foxglove",
    "Percival Nettlefield",
    "Delphine Oakhurst",
    "Ambrose Wetherby",
)

ALERTS = ("", "", "", "Penicillin allergy", "", "Latex allergy", "", "Sleep apnea", "")
