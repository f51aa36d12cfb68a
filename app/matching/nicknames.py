"""Which first names are everyday forms of which: a hint for a person, never proof on its own.

Names are written folded (no accents, lower case). A short form may belong to several full names; two full
names that merely share a short form (Alexander, Alexandra) stay different people.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
abigail: abby abbie abi gail
abraham: abe bram
adelaide: addie ada
agnieszka: aga
aidan: aiden aydan
alan: al allan allen
albert: al bert bertie
aleksandr: sasha sascha alex alik
aleksandra: sasha sascha alex ola
alexander: alex al lex xander sandy sascha sasha alec
alexandra: alex lexi lexie sandra sandy sasha alexa
alfred: alf alfie fred freddie
alison: ali allie aly
amanda: mandy manda
amelia: millie amy mia
anastasia: nastya stacey stasia ana
andrew: andy drew
angela: angie ang
anna: annie ania anya anita
anne: annie nan nancy ann
anthony: tony ant
antonio: toni tonio tono nino
archibald: archie
arthur: art artie
barbara: barb barbie babs basia
bartholomew: bart
beatrice: bea trixie beatrix
benjamin: ben benny benji
bernard: bernie
bradley: brad
bridget: bridie biddy
bronwyn: bron
cameron: cam
caroline: carrie caro carol lina
catherine: cathy cath kate katie cat cate kathy kitty katherine kathryn catharine
charles: charlie chuck chas carl
charlotte: charlie lottie char
christine: chris chrissy tina chrissie
christina: chris chrissy tina
christopher: chris kit topher
clifford: cliff
clinton: clint
concepcion: concha conchita
constance: connie
cornelius: neil conor
cynthia: cindy
daniel: dan danny
danielle: dani danni
david: dave davey davy
deborah: deb debbie debra
dennis: den denny
diana: di diane
dmitri: dima mitya dmitry
dolores: lola loli
dominic: dom nic nick
donald: don donny
dorothy: dot dottie dolly dorothea
douglas: doug
edmund: ed eddie ned
eduard: edi
edward: ed eddie ted teddy ned
eleanor: ellie nell nellie nora elle lenora
elisabeth: lisa elli lisbeth sissi else elsbeth
elizabeth: liz lizzie beth betty eliza libby bess betsy lisa elsie elisabeth
ekaterina: katya katia
emily: em emmy millie
emma: em emmy
enrique: quique kike
ernest: ernie
eugene: gene
evelyn: evie eve
ezekiel: zeke
florence: flo florrie flossie
frances: fran frankie fanny
francesca: fran frankie chessie cesca
francesco: franco cecco
francis: frank fran frankie
francisco: paco pancho curro fran kiko
franklin: frank
frederick: fred freddie freddy rick fritz
friedrich: fritz fred
gabriel: gabe gabi
gabrielle: gabby gabi brie
geoffrey: geoff jeff jeffrey
georgia: georgie
georgios: giorgos yiorgos george
gerald: gerry jerry
gerard: gerry
gertrude: trudy gertie trude
giovanni: gianni nino vanni
giuseppe: beppe peppe pino
gregory: greg gregg
guadalupe: lupe lupita
guillermo: memo guille
gwendolyn: gwen
hannah: han
harold: harry hal
harriet: hattie
heinrich: heinz heiner
helen: nell nellie lena
henry: harry hank hal
herbert: herb bert
hubert: bert
ignacio: nacho
ioannis: yannis giannis john
isaac: zac ike
isabel: izzy bella belle isa
isabella: izzy bella belle isa
ivan: vanya
jacob: jake jakob coby
jacqueline: jackie jacqui
james: jim jimmy jamie jem
jan: janek jasiek
jane: janey janie jenny
janet: jan
jennifer: jen jenny jenn
jeremy: jem jerry jez
jessica: jess jessie
jesus: chuy chus
joanna: jo joey asia
joanne: jo joey
johannes: hans jo hannes johann
john: johnny jack jon
jonathan: jon jonny jonathon nathan
jorge: coque
josef: sepp beppo
jose: pepe chepe
josephine: jo josie
joseph: joe joey jo
joshua: josh
judith: judy judi jude
julia: jules julie
julian: jules jule
katarzyna: kasia kaska
katharina: kathi kati katrin trina
katherine: kate katie kathy kath kat kitty kathryn catherine
kathleen: kath kathy kate katie
kenneth: ken kenny
kimberley: kim kimberly kimmy
konstantinos: kostas costas dinos
lachlan: lachie lockie
laurence: larry laurie lawrence loz
leonard: len lenny leo
leonardo: leo nardo
lillian: lily lil lilly
louis: lou louie lewis
louise: lou lulu
lucille: lucy
lucy: lu luce
luis: lucho
malgorzata: gosia malgosia
malcolm: mal
manuel: manolo manu
marcus: marc mark
margaret: maggie meg peggy marge margie madge greta rita peg
margarete: grete gretel greta gretchen
maria: mary mia mitzi ria masha marie mariella
martha: marty mattie
martin: marty
mary: molly polly mae mamie
matilda: tilly tilda mattie
matthew: matt matty mat
maureen: mo
maurice: mo
maximilian: max
melanie: mel
melissa: mel missy
michael: mike mick mickey micky mikey
michelle: shelly shell
miguel: migue
mikhail: misha
mildred: millie
mitchell: mitch
mohammed: mo mohamed muhammad mohammad mohd
natalia: natasha nata tasha
natalie: nat
nathan: nat nate
nathaniel: nat nate nathan
nicholas: nick nicky nic nicolas nico klaus
nicole: nikki nic nicky
nikolaos: nikos
nikolaus: klaus nico niko
oliver: ollie olly
olivia: liv livvy
oswald: ozzie
pamela: pam
panagiotis: panos takis
patricia: pat patty tricia trish patsy
patrick: pat paddy
penelope: penny
peter: pete
philip: phil pip phillip
philippa: pip pippa
phyllis: phyl
prudence: prue
rachel: rach rae
raymond: ray
rebecca: becky bec beck becca bek
reginald: reg reggie
richard: rick dick rich ricky richie
robert: bob rob bobby robbie bert robin
roberta: bobbie robbie
roberto: beto
roderick: rod rory
rodney: rod
roger: rodge
ronald: ron ronnie
rosario: charo
rosemary: rose rosie romy
rupert: rupe
russell: russ
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sarah: sally sadie sara
sebastian: seb bas bastian
sergei: seryozha serge
shirley: shirl
sidney: sid
simon: si
sophia: sophie soph
spyridon: spiros
stanislaw: staszek stan
stanley: stan
stephanie: steph stef stevie
stephen: steve stevie steven ste
steven: steve stevie
susan: sue suzie susie suzy
susannah: sue susie suzy
suzanne: sue suzie suzy
sylvester: sly
sylvia: syl
tamara: tammy
tatiana: tanya tania
terence: terry tel
teresa: terry tess tessa theresa resi maite
theodore: ted teddy theo
thomas: tom tommy
timothy: tim timmy
trevor: trev
tyrone: ty
valerie: val
veronica: ronnie vera roni
victor: vic
victoria: vicky vicki tori vic viki
vincent: vin vince vinny
virginia: ginny ginger
vladimir: vova volodya vlad
walter: walt wally
wilhelm: willi willy wim
william: bill will billy willie liam
winifred: winnie freda
wojciech: wojtek
yevgeny: zhenya
zachary: zac zach zack
"""


def _full_names_of() -> dict[str, frozenset[str]]:
    """Each name to the full names it may stand for (a full name stands for itself)."""
    found: dict[str, set[str]] = {}
    for line in _TABLE.strip().splitlines():
        full, _, short_forms = line.partition(":")
        for name in (full, *short_forms.split()):
            found.setdefault(name.strip(), set()).add(full.strip())
    return {name: frozenset(full_names) for name, full_names in found.items()}


_FULL_NAMES: Final = _full_names_of()


def equal_by_nickname(one: str, other: str) -> bool:
    """Whether two folded first names are forms of one name: Bob and Robert, or Bob and Rob.

    Two names that both stand in the table as full names count only when one is listed as a form of the
    other, so that a shared short form never joins two full names.
    """
    if not one or not other or one == other:
        return False
    ones, others = _FULL_NAMES.get(one, frozenset()), _FULL_NAMES.get(other, frozenset())
    if one in ones and other in others:
        return one in others or other in ones
    return bool(ones & others)
