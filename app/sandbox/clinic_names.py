"""Made-up names, streets and places from which a believable clinic is drawn."""

from __future__ import annotations

# First name and what friends say instead.
WITH_NICKNAME = (
    ("William", "Bill"),
    ("Margaret", "Peggy"),
    ("Elizabeth", "Liz"),
    ("Robert", "Bob"),
    ("Katherine", "Kate"),
    ("Alexander", "Sasha"),
    ("Michael", "Mick"),
    ("Theodora", "Teddy"),
    ("Joshua", "Josh"),
    ("Samantha", "Sam"),
    ("Christopher", "Kit"),
    ("Isabella", "Bella"),
)

FIRST = (
    "Ines",
    "Oliver",
    "Charlotte",
    "Noah",
    "Amelia",
    "Jack",
    "Isla",
    "Henry",
    "Matilda",
    "Leo",
    "Grace",
    "Thomas",
    "Ruby",
    "Patrick",
    "Zoe",
    "Lachlan",
    "Hannah",
    "Callum",
    "Freya",
    "Dominic",
    "Bronwyn",
    "Malcolm",
    "Yvette",
    "Darcy",
    "Rosalind",
    "Anh-Thư",
    "Jean-Luc",
    "Mary Ellen",
    "Siobhán",
    "Zoë",
)

LAST = (
    "Okafor",
    "Walker",
    "Thompson",
    "Murphy",
    "Campbell",
    "Nguyen",
    "Singh",
    "Kelly",
    "Robinson",
    "Papadopoulos",
    "Rossi",
    "Schmidt",
    "Kowalski",
    "Hughes",
    "Fraser",
    "Mitchell",
    "Bennett",
    "Harding",
    "Lindqvist",
    "Watanabe",
    "O'Brien",
    "O’Sullivan",
    "D'Angelo",
    "McKenzie",
    "MacDonald",
    "Smith-Jones",
    "Taylor-Brown",
    "Te Rangi",
    "van der Berg",
    "de la Cruz",
)

# Whole names whose parts belong together.
OF_THE_WORLD = (
    ("Ngân", "Nguyễn"),
    ("Thị Hương", "Trần"),
    ("Đức Anh", "Phạm"),
    ("Văn Hùng", "Lê"),
    ("محمد", "الحسن"),
    ("فاطمة", "خليل"),
    ("ليلى", "منصور"),
    ("伟", "王"),
    ("小美", "李"),
    ("建国", "张"),
    ("Wei Ling", "Chan"),
    ("Siân", "Llewellyn"),
    ("Björn", "Åkesson"),
    ("Łucja", "Wójcik"),
    ("Παναγιώτης", "Κωνσταντίνου"),
    ("Caoimhe", "Ní Bhriain"),
    ("Māia", "Ngāta"),
    ("José María", "Núñez"),
)

STREETS = (
    "Ryrie Street",
    "Moorabool Street",
    "Harbour Street",
    "Pakington Street",
    "Wattle Court",
    "Banksia Avenue",
    "Station Road",
    "Kookaburra Crescent",
    "Old Mill Lane",
    "The Esplanade",
)

PLACES = (
    ("Geelong", "VIC", "3220"),
    ("Torquay", "VIC", "3228"),
    ("Ballarat", "VIC", "3350"),
    ("Footscray", "VIC", "3011"),
    ("Brunswick", "VIC", "3056"),
    ("Fortitude Valley", "QLD", "4006"),
    ("Paddington", "QLD", "4064"),
)

OCCUPATIONS = ("Teacher", "Carpenter", "Nurse", "Retired", "Student", "Driver", "Chef", "Accountant", "")

MAIL_HOSTS = ("mail.example.test", "post.example.test", "inbox.example.test", "example.test")

PRACTITIONERS = (
    ("Ari", "Novak", "Physiotherapist"),
    ("Priya", "Raman", "Physiotherapist"),
    ("Tomás", "Keane", "Osteopath"),
    ("Mei", "Tanaka", "Remedial massage therapist"),
    ("Gwen", "Abbott", "Exercise physiologist"),
)

SURGERIES = (
    "Harbour GP",
    "Bay Family Medical Centre",
    "Corio Orthopaedics",
    "Westside Sports Medicine",
    "Northern Pain Clinic",
)

PAYERS = ("Southern Health Fund", "State Accident Insurance", "Veterans Support Office", "Care Plan Partners")

EMPLOYERS = ("Bayside Football Club", "Otway Timber Works", "Geelong Ferries", "Red Gum Catering")

CASES = (
    "Left knee",
    "Right shoulder",
    "Lower back",
    "Neck and headaches",
    "Ankle sprain",
    "After hip surgery",
)
