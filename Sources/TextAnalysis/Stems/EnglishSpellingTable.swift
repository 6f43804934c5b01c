// Written by Scripts/generate-spellings from Config/spellings/english.txt; edit that instead.

/// British spellings and the American ones that stand for both.
///
/// Text, so that it lies in the binary as it is used: no code runs at start-up and nothing is allocated.
///
/// - `rules`: kind, British beginning, ">", American beginning, a blank. The kind is "." for a whole word, "*" for every word
///   that begins so, "=" for the forms of a verb (-e, -es, -ed, -er, -ing, -ation, -able) and for nothing else.
/// - `groups`: for each three letters that beginnings have, the third letter and in four hexadecimal digits where their rules
///   begin in `rules`; and last a blank and the rules' end.
/// - `index`: four hexadecimal digits for each pair of letters, "aa" first: the number of the first group with these two
///   letters; and once more for the number of groups.
enum EnglishSpellingTable {
    /// Rules of the table.
    static let count = 898
    /// The table's CRC-32: an index that was made with another table has other terms.
    static let fingerprint = "a7444f5c"

    static let rules: StaticString = """
        *abridgement>abridgment =acclimatis>acclimatiz *acknowledgement>acknowledgment =actualis>actualiz \
        *aeroplane>airplane =aerosolis>aerosoliz *aetiolog>etiolog .ageing>aging =aggrandis>aggrandiz \
        .aliases>alias =alkylis>alkyliz =alphabetis>alphabetiz .aluminium>aluminum =amortis>amortiz \
        *amoeb>ameb *amphitheatre>amphitheater .anaesthetising>anesthetizing *anaesthetise>anesthetize \
        .analogues>analogs .analysers>analyzers .analysing>analyzing *anaesthe>anesthe .analogue>analog \
        .analysed>analyzed .analyser>analyzer .analyse>analyze *anaem>anem .annullings>annulings \
        .annullers>annulers .annulling>annuling .annulled>annuled .annuller>annuler =anonymis>anonymiz \
        =antagonis>antagoniz *apnoea>apnea =apologis>apologiz .apparellings>apparelings \
        .apparellers>apparelers .apparelling>appareling .apparelled>appareled .appareller>appareler \
        =arabicis>arabiciz *archaeolog>archeolog *armour>armor *artefact>artifact =atomis>atomiz \
        =automatis>automatiz =authoris>authoriz =axiomatis>axiomatiz *bacteraem>bacterem \
        .baptising>baptizing *baptise>baptize .barrellings>barrelings .barrellers>barrelers \
        .barrelling>barreling .barrelled>barreled .barreller>barreler =bayesianis>bayesianiz \
        *behaviour>behavior *belabour>belabor .bevellings>bevelings .bevellers>bevelers .bevelling>beveling \
        .bevelled>beveled .beveller>beveler .biassing>biasing .biassed>biased =binaris>binariz \
        .blameable>blamable =bowdleris>bowdleriz =brutalis>brutaliz .burnt>burned .busses>bus .buses>bus \
        *caesarean>cesarean .caesium>cesium .calibres>calibers .calibre>caliber .cancellings>cancelings \
        .cancellers>cancelers .cancelling>canceling =cannibalis>cannibaliz .cancelled>canceled \
        .canceller>canceler .canvases>canvas *candour>candor =canonis>canoniz =capitalis>capitaliz \
        =capsulis>capsuliz *carburettor>carburetor .carollings>carolings =caramelis>carameliz \
        .carollers>carolers .carolling>caroling =carbonis>carboniz .carolled>caroled .caroller>caroler \
        .cataloguing>cataloging .catalogued>cataloged .catalogues>catalogs .catalysing>catalyzing \
        .catalogue>catalog =categoris>categoriz *catalyse>catalyze =catalis>cataliz =cauteris>cauteriz \
        *centimetre>centimeter *centrefold>centerfold =centralis>centraliz .centring>centering \
        .centred>centered .centres>centers .centre>center .channellings>channelings .channellers>channelers \
        .channelling>channeling =characteris>characteriz .channelled>channeled .channeller>channeler \
        .chisellings>chiselings .chisellers>chiselers .chiselling>chiseling .chiselled>chiseled \
        .chiseller>chiseler .chilli>chili =chloris>chloriz =cicatris>cicatriz =civilis>civiliz \
        *clamour>clamor .coeliac>celiac *colourisation>colorization =collectivis>collectiviz \
        .colourising>colorizing =colloquis>colloquiz *colourise>colorize =colonis>coloniz *colour>color \
        =compartmentalis>compartmentaliz =commercialis>commercializ =computeris>computeriz \
        =commodis>commodiz =conceptualis>conceptualiz =contextualis>contextualiz =conceptis>conceptiz \
        .corrallings>corralings .corrallers>corralers .corralling>corraling .corralled>corraled \
        .corraller>corraler .cosiness>coziness .cosier>cozier .cosy>cozy .counsellings>counselings \
        .counsellers>counselers .counselling>counseling .counselled>counseled .counseller>counseler \
        *counsellor>counselor =criminalis>criminaliz =criticis>criticiz .crises>crisis =crystalis>crystaliz \
        =customis>customiz *cypher>cipher =decentralis>decentraliz =decimalis>decimaliz \
        =deemphasis>deemphasiz *defenceless>defenseless .defences>defenses .defence>defense \
        =dehumanis>dehumaniz =deincentivis>deincentiviz *demeanour>demeanor =demoralis>demoraliz \
        =demonis>demoniz =denormalis>denormaliz =deodoris>deodoriz =depolaris>depolariz =deputis>deputiz \
        =destabilis>destabiliz .devillings>devilings .devillers>devilers .devilling>deviling \
        .devilled>deviled .deviller>deviler =diagonalis>diagonaliz .diallings>dialings .dialogues>dialogs \
        *diarrhoea>diarrhea .diallers>dialers .dialling>dialing .dialogue>dialog .dialled>dialed \
        .dialler>dialer *dialyse>dialyze .diesellings>dieselings .diesellers>dieselers .dieselling>dieseling \
        .dieselled>dieseled .dieseller>dieseler =digitis>digitiz =disincentivis>disincentiviz \
        =disorganis>disorganiz *discolour>discolor =discretis>discretiz *disfavour>disfavor \
        *dishonour>dishonor .distils>distills .distil>distill .discs>disks .disc>disk =dogmatis>dogmatiz \
        *doughnut>donut =dramatis>dramatiz .dreamt>dreamed .duellings>duelings .duellers>duelers \
        .duelling>dueling .duelled>dueled .dueller>dueler *dyspnoea>dyspnea =economis>economiz \
        *electrolyse>electrolyze =emphasis>emphasiz .enamellings>enamelings .enamellers>enamelers \
        .enamelling>enameling .enamelled>enameled .enameller>enameler *encyclopaed>encycloped \
        *endeavour>endeavor =energis>energiz *enrolment>enrollment .enrols>enrolls .enrol>enroll \
        *epicentre>epicenter =epitomis>epitomiz .equallings>equalings .equallers>equalers \
        .equalling>equaling .equalled>equaled .equaller>equaler =equalis>equaliz =eroticis>eroticiz \
        =eternis>eterniz =etherialis>etherializ =euphemis>euphemiz =evangelis>evangeliz =exorcis>exorciz \
        =externalis>externaliz =externis>externiz =factoris>factoriz *faec>fec =familiaris>familiariz \
        =fantasis>fantasiz *favour>favor =feminis>feminiz =fertilis>fertiliz *fervour>fervor \
        .fibreglass>fiberglass *fibre>fiber =finalis>finaliz *flavour>flavor =fluidis>fluidiz \
        .focussing>focusing .focussed>focused .focusses>focuses *foet>fet =formalis>formaliz \
        =fossilis>fossiliz =fraternis>fraterniz .fuellings>fuelings .fuellers>fuelers .fuelling>fueling \
        .fuelled>fueled .fueller>fueler *fulfilment>fulfillment .fulfils>fulfills .fulfil>fulfill \
        .funnellings>funnelings .funnellers>funnelers .funnelling>funneling .funnelled>funneled \
        .funneller>funneler .gaging>gauging .gaged>gauged .gages>gauges .gage>gauge =galvanis>galvaniz \
        .gambollings>gambolings .gambollers>gambolers .gambolling>gamboling .gambolled>gamboled \
        .gamboller>gamboler .gaols>jails .gaol>jail .gasses>gas .gases>gas =generalis>generaliz \
        =germanis>germaniz .glamourising>glamorizing *glamourise>glamorize *glamour>glamor \
        =globalis>globaliz =glutinis>glutiniz *glycaem>glycem .gonorrhoea>gonorrhea .greyscale>grayscale \
        .greying>graying .greyish>grayish .greyed>grayed .greyer>grayer .greys>grays .grey>gray \
        .grovellings>grovelings .grovellers>grovelers .grovelling>groveling .grovelled>groveled \
        .groveller>groveler *gynaecolog>gynecolog *haema>hema *haemo>hemo =harmonis>harmoniz *harbour>harbor \
        =hegemonis>hegemoniz =hellenis>helleniz =historis>historiz =homogenis>homogeniz =homologis>homologiz \
        *homologue>homolog *homoeo>homeo *honour>honor =hospitalis>hospitaliz .hovellings>hovelings \
        .hovellers>hovelers .hovelling>hoveling .hovelled>hoveled .hoveller>hoveler =humanis>humaniz \
        *humour>humor =hybridis>hybridiz =hydrogenis>hydrogeniz *hydrolyse>hydrolyze \
        =hyperparameteris>hyperparameteriz *hyperglycaem>hyperglycem *hypoglycaem>hypoglycem \
        .hypotheses>hypothesis =hypothesis>hypothesiz =hypnotis>hypnotiz =idealis>idealiz =idolis>idoliz \
        =immortalis>immortaliz =immobilis>immobiliz =immunis>immuniz .impanellings>impanelings \
        .impanellers>impanelers .impanelling>impaneling .impanelled>impaneled .impaneller>impaneler \
        =incentivis>incentiviz =individualis>individualiz =industrialis>industrializ \
        .initiallings>initialings .initiallers>initialers .initialling>initialing .initialled>initialed \
        .initialler>initialer =initialis>initializ =institutionalis>institutionaliz *instalment>installment \
        .instils>instills .instil>instill =internationalis>internationaliz =intellectualis>intellectualiz \
        =internalis>internaliz =internis>interniz =iodis>iodiz =ionis>ioniz .irises>iris =ironis>ironiz \
        *ischaem>ischem =isomeris>isomeriz =itemis>itemiz =jeopardis>jeopardiz .jewellings>jewelings \
        .jewellers>jewelers .jewellery>jewelry .jewelling>jeweling .jewelled>jeweled .jeweller>jeweler \
        =journalis>journaliz *judgement>judgment .kennellings>kennelings .kennellers>kennelers \
        .kennelling>kenneling .kennelled>kenneled .kenneller>kenneler =keratinis>keratiniz .kerbs>curbs \
        .kerb>curb *kilometre>kilometer .labellings>labelings .labellers>labelers .labelling>labeling \
        .labelled>labeled .labeller>labeler =labelis>labeliz *labour>labor =latinis>latiniz .learnt>learned \
        .leapt>leaped =legitimis>legitimiz =legalis>legaliz .lenses>lens *leukaem>leukem \
        .levellings>levelings .levellers>levelers .levelling>leveling .levelled>leveled .leveller>leveler \
        .libellings>libelings .libellers>libelers .libelling>libeling *libellous>libelous \
        =liberalis>liberaliz .libelled>libeled .libeller>libeler .licencing>licensing .licenced>licensed \
        .licences>licenses .licence>license .likeable>likable =linearis>lineariz *litre>liter \
        .liveable>livable =localis>localiz =logicis>logiciz *louvre>louver .loveable>lovable .lustre>luster \
        =macadamis>macadamiz =magnetis>magnetiz .manoeuvring>maneuvering *manoeuvrab>maneuverab \
        .manoeuvred>maneuvered .manoeuvres>maneuvers .manoeuvre>maneuver .marvellings>marvelings \
        =marginalis>marginaliz .marvellers>marvelers .marvelling>marveling *marvellous>marvelous \
        .marvelled>marveled .marveller>marveler =materialis>materializ =mathematis>mathematiz \
        =maximis>maximiz *meagre>meager =mechanis>mechaniz *mediaeval>medieval =memoris>memoriz \
        =metastasis>metastasiz =metabolis>metaboliz =methylis>methyliz .metres>meters .metre>meter \
        *micrometre>micrometer *millilitre>milliliter *millimetre>millimeter =militaris>militariz \
        .milage>mileage =miniaturis>miniaturiz =mineralis>mineraliz =minimis>minimiz \
        .mislabellings>mislabelings *misbehaviour>misbehavior *misdemeanour>misdemeanor \
        .mislabellers>mislabelers .mislabelling>mislabeling .mislabelled>mislabeled .mislabeller>mislabeler \
        =mobilis>mobiliz .modellings>modelings .modellers>modelers .modelling>modeling =modularis>modulariz \
        .modelled>modeled .modeller>modeler =modernis>moderniz =modelis>modeliz =moisturis>moisturiz \
        .monologues>monologs .monologue>monolog =monopolis>monopoliz =monetis>monetiz =moralis>moraliz \
        =motoris>motoriz *moustache>mustache .moulding>molding .moulded>molded .moulds>molds .mouldy>moldy \
        .mould>mold *moult>molt .moveable>movable *multicolour>multicolor *nanometre>nanometer \
        =nasalis>nasaliz =nationalis>nationaliz =naturalis>naturaliz =nebulis>nebuliz *neighbour>neighbor \
        =neutralis>neutraliz =normalis>normaliz =notaris>notariz =novelis>noveliz .oases>oasis \
        =objectis>objectiz .ochre>ocher =odoris>odoriz *odour>odor *oedem>edem *oesoph>esoph *oestr>estr \
        .offences>offenses .offence>offense *omelette>omelet =operationalis>operationaliz =opsonis>opsoniz \
        =optimis>optimiz =organis>organiz =orthogonalis>orthogonaliz *orthopaed>orthoped =ostracis>ostraciz \
        =overgeneralis>overgeneraliz =overemphasis>overemphasiz =oxidis>oxidiz *paediatr>pediatr \
        *palaeo>paleo .panellings>panelings .panellers>panelers .panelling>paneling .panelled>paneled \
        .paneller>paneler =particularis>particulariz =parameteris>parameteriz .parcellings>parcelings \
        .parentheses>parenthesis =parallelis>paralleliz .paralysing>paralyzing =parametris>parametriz \
        .parcellers>parcelers .parcelling>parceling .parcelled>parceled .parceller>parceler \
        *paralyse>paralyze *parlour>parlor =pasteuris>pasteuriz =passivis>passiviz =patronis>patroniz \
        =pedestrianis>pedestrianiz .pedallings>pedalings .pedallers>pedalers .pedalling>pedaling \
        .pedalled>pedaled .pedaller>pedaler .pencillings>pencilings .pencillers>pencilers \
        .pencilling>penciling .pencilled>penciled .penciller>penciler =penalis>penaliz .perillings>perilings \
        =personalis>personaliz .perillers>perilers .perilling>periling .perilled>periled .periller>periler \
        =personis>personiz =philosophis>philosophiz .phoneys>phonies .phoney>phony =plagiaris>plagiariz \
        *plough>plow =pluralis>pluraliz .pluses>plus =polaris>polariz =politis>politiz =popularis>populariz \
        .practising>practicing .practised>practiced .practises>practices =pragmatis>pragmatiz \
        .practise>practice =preferentis>preferentiz =pressuris>pressuriz .pretences>pretenses \
        .pretence>pretense =privilegis>privilegiz *primaeval>primeval =prioritis>prioritiz \
        =privatis>privatiz .programmes>programs =proselytis>proselytiz .programme>program \
        *psychoanalyse>psychoanalyze =psychologis>psychologiz =publicis>publiciz =pulveris>pulveriz \
        .pummellings>pummelings .pummellers>pummelers .pummelling>pummeling .pummelled>pummeled \
        .pummeller>pummeler *pyjama>pajama .quarrellings>quarrelings .quarrellers>quarrelers \
        .quarrelling>quarreling .quarrelled>quarreled .quarreller>quarreler =quantis>quantiz \
        .queueing>queuing =radicalis>radicaliz =randomis>randomiz *rancour>rancor =rationalis>rationaliz \
        .rateable>ratable .ravellings>ravelings .ravellers>ravelers .ravelling>raveling .ravelled>raveled \
        .raveller>raveler =realis>realiz =reconceptualis>reconceptualiz *reconnoitre>reconnoiter \
        =recognis>recogniz =reemphasis>reemphasiz .refocussing>refocusing .refuellings>refuelings \
        .refocussed>refocused .refuellers>refuelers .refuelling>refueling .refuelled>refueled \
        .refueller>refueler =regularis>regulariz .relabellings>relabelings .relabellers>relabelers \
        .relabelling>relabeling .relabelled>relabeled .relabeller>relabeler .remodellings>remodelings \
        .remodellers>remodelers .remodelling>remodeling .remodelled>remodeled .remodeller>remodeler \
        =remobilis>remobiliz =renormalis>renormaliz =reorganis>reorganiz =reparameteris>reparameteriz \
        =repolaris>repolariz .resizeable>resizable =revolutionis>revolutioniz .revellings>revelings \
        .revellers>revelers .revelling>reveling =revitalis>revitaliz .revelled>reveled .reveller>reveler \
        =rhapsodis>rhapsodiz *rigour>rigor .rivallings>rivalings .rivallers>rivalers .rivalling>rivaling \
        .rivalled>rivaled .rivaller>rivaler =romanis>romaniz =routinis>routiniz *rumour>rumor \
        =ruthenis>rutheniz *sabre>saber .saleable>salable =sanitis>sanitiz =satiris>satiriz *saviour>savior \
        *savour>savor .scaleable>scalable =scandalis>scandaliz *sceptic>skeptic =schematis>schematiz \
        =scrutinis>scrutiniz =secularis>seculariz =sensationalis>sensationaliz =sensitis>sensitiz \
        *septicaem>septicem =serialis>serializ =sermonis>sermoniz =sexualis>sexualiz .shovellings>shovelings \
        .shovellers>shovelers .shovelling>shoveling .shovelled>shoveled .shoveller>shoveler \
        .shrivellings>shrivelings .shrivellers>shrivelers .shrivelling>shriveling .shrivelled>shriveled \
        .shriveller>shriveler .signallings>signalings .signallers>signalers .signalling>signaling \
        .signalled>signaled .signaller>signaler =signalis>signaliz =singularis>singulariz .sizeable>sizable \
        *skilful>skillful *smoulder>smolder .snivellings>snivelings .snivellers>snivelers \
        .snivelling>sniveling .snivelled>sniveled .sniveller>sniveler .snorkellings>snorkelings \
        .snorkellers>snorkelers .snorkelling>snorkeling .snorkelled>snorkeled .snorkeller>snorkeler \
        *snowplough>snowplow =socialis>socializ =sodomis>sodomiz =soliloquis>soliloquiz =solubis>solubiz \
        *sombre>somber .specialities>specialties .speciality>specialty =specialis>specializ *spectre>specter \
        .spirallings>spiralings =spiritualis>spiritualiz .spirallers>spiralers .spiralling>spiraling \
        .spiralled>spiraled .spiraller>spiraler *splendour>splendor .spoilt>spoiled \
        .squirrellings>squirrelings .squirrellers>squirrelers .squirrelling>squirreling \
        .squirrelled>squirreled .squirreller>squirreler =standardis>standardiz =stabilis>stabiliz \
        .stencillings>stencilings .stencillers>stencilers .stencilling>stenciling .stencilled>stenciled \
        .stenciller>stenciler =sterilis>steriliz =stigmatis>stigmatiz .storeys>stories .storey>story \
        =strategis>strategiz =subjectivis>subjectiviz =suburbanis>suburbaniz =subsidis>subsidiz \
        *succour>succor *sulph>sulf =summaris>summariz .swivellings>swivelings .swivellers>swivelers \
        .swivelling>swiveling .swivelled>swiveled .swiveller>swiveler =syllabis>syllabiz \
        .symbollings>symbolings .symbollers>symbolers .symbolling>symboling .symbolled>symboled \
        .symboller>symboler =symmetris>symmetriz =sympathis>sympathiz =symbolis>symboliz \
        =synchronis>synchroniz .syntheses>synthesis =synthesis>synthesiz =systematis>systematiz \
        =systemis>systemiz =tantalis>tantaliz .tassellings>tasselings .tassellers>tasselers \
        .tasselling>tasseling .tasselled>tasseled .tasseller>tasseler =temporalis>temporaliz \
        =temporis>temporiz =tensoris>tensoriz =terroris>terroriz *theatre>theater =theoris>theoriz \
        .theses>thesis .tinsellings>tinselings .tinsellers>tinselers .tinselling>tinseling \
        .tinselled>tinseled .tinseller>tinseler =tokenis>tokeniz .tonnes>tons .tonne>ton \
        .totallings>totalings .totallers>totalers .totalling>totaling .totalled>totaled .totaller>totaler \
        =totalis>totaliz .towellings>towelings .towellers>towelers .towelling>toweling .towelled>toweled \
        .toweller>toweler *toxaem>toxem .trammellings>trammelings =transistoris>transistoriz \
        .trammellers>trammelers .trammelling>trammeling =tranquillis>tranquilliz .travellings>travelings \
        .trammelled>trammeled .trammeller>trammeler .travellers>travelers .travelling>traveling \
        .tradeable>tradable =traumatis>traumatiz .travelled>traveled .traveller>traveler \
        =trivialis>trivializ =tribalis>tribaliz .trowellings>trowelings .trowellers>trowelers \
        .trowelling>troweling .trowelled>troweled .troweller>troweler *tumour>tumor .tunnellings>tunnelings \
        .tunnellers>tunnelers .tunnelling>tunneling .tunnelled>tunneled .tunneller>tunneler \
        =tyrannis>tyranniz .tyres>tires .tyre>tire =undergeneralis>undergeneraliz =universalis>universaliz \
        =unionis>unioniz .unmistakeable>unmistakable =unnormalis>unnormaliz .unravellings>unravelings \
        .unravellers>unravelers .unravelling>unraveling =unregularis>unregulariz .unravelled>unraveled \
        .unraveller>unraveler *unskilful>unskillful *uraem>urem =urbanis>urbaniz .useable>usable \
        =utilis>utiliz *valour>valor =vandalis>vandaliz =vaporis>vaporiz *vapour>vapor \
        =vasectomis>vasectomiz =vectoris>vectoriz =verbalis>verbaliz =victimis>victimiz *vigour>vigor \
        =visualis>visualiz =vocalis>vocaliz =volatilis>volatiliz =vulcanis>vulcaniz *watercolour>watercolor \
        .weasellings>weaselings .weasellers>weaselers .weaselling>weaseling .weaselled>weaseled \
        .weaseller>weaseler =weaponis>weaponiz =westernis>westerniz .whiskies>whiskeys .whisky>whiskey \
        *wilful>willful =winteris>winteriz .woollen>woolen .yodellings>yodelings .yodellers>yodelers \
        .yodelling>yodeling .yodelled>yodeled .yodeller>yodeler *yoghurt>yogurt \

        """

    static let index: StaticString = """
        000000000001000400040006000600080008000800080008000c000e001200120015001500190019001a001b001b001b001c\
        001c001c00200020002000200023002300230023002500250025002600260026002700270027002800280028002a002a002a\
        002a002a002a00310031003100310032003200320035003700370037003800380038003f003f003f00410041004100420042\
        00420042004300430043004300430043004e004e004e004e0052005200520052005200520054005400540056005600560057\
        0057005700570058005800580058005900590059005900590059005900590059005a005b0060006000610062006300630065\
        006600670067006900690069006e006e006e006e007000700070007000720072007200740074007400780078007800790079\
        0079007c007c007c007c007c007c00810081008100810083008300830083008300830083008700870087008800880088008a\
        008a008a008a008a008a008a008b008b008d008d008d008d008f008f008f008f009000900090009000900090009400940094\
        009400940094009500950095009500980098009800980098009a009a009a009a009a009a009a009a009a009c00a100a300a3\
        00a300a500a700a800a800a800a800a800a800a800a800a800a800a800aa00aa00aa00aa00aa00aa00aa00aa00aa00aa00ab\
        00ab00ab00ab00ab00ab00ac00ac00ac00ac00ac00ac00ac00ac00ac00ac00ae00ae00ae00ae00af00af00af00af00af00af\
        00af00af00af00af00af00af00af00af00af00af00af00af00b100b100b100b100b600b600b600b600bc00bc00bc00bc00bc\
        00bc00c000c000c000c000c000c000c100c100c100c100c100c100c700c700c700c700cc00cc00cc00cc00d000d000d000d0\
        00d000d000d800d800d800d800d800d800d900d900d900d900d900d900dc00dc00dc00dc00df00df00df00df00df00df00df\
        00df00df00df00e200e200e200e200e200e200e200e200e200e200e200e200e300e400e500e600e800e900e900e900e900e9\
        00e900e900ea00ea00ea00ed00ed00ef00f000f000f000f100f100f200f200f200f800f800f800f800fb00fb00fb00fd00fd\
        00fd00fd010001000100010201020102010601070107010a010a010a010a010b010b010b010b010b010b010b010b010b010b\
        010b010b010b010b010b010b010b010b010b010b010b010b010d010d010d010d010d010d0111011101110111011d011d011d\
        011e01200120012001200120012001220122012201220122012201240124012401240124012401290129012d012d01320132\
        0132013401370137013801380139013b013f01430144014401440149014d014d014e014e0152015201540154015401540157\
        015701570158015901590159015901590159015e015e015e0161016101610163016301630163016401640164016401640164\
        016401640164016401640164016401640164016a016a016a016a016c016d016e016e016e016e016e016e016e017201720172\
        01720174017401740174017701770177017701770177017901790179017901790179017a017a017a017a017a017a017b017b\
        017b017b017d017d017d017e0180018001800180018001800181018101810181018101810181018101810181018101810181\
        0181018101810181018101810181018101810181018101810181018101810181018101810181018101810181018101810181\
        0181018101810181018101810181018101810181018101810181018101830183018301830183018301830183018301830183\
        0183018301830183018301830183018301830183018301830183018301830183018301830183018301830183018301830183\
        01830183
        """

    static let groups: StaticString = """
        r0000c0018k002ft004fr0062t008be009dg00abi00c0k00cfp00e0u00f7o010bp0128a0143n021eo0280t0293n02a8o02b6\
        p02c9a033fc0352m0368t0376o0389t0398i03c0c03d5p03e9r040fy047bh0492l04a6v04b8a051an053ca054dw0561u0576\
        r0589s0597e05ael05d2n05f6p06abr06d3t0775u081bn082ea08b7i0946l09c0c09d1v09e4a09f5e0a05l0a15m0aaan0b10\
        r0b5bs0bc7u0bf4i0c80y0cb9s0ccep0ce1c0cf0e0d1ef0d35h0d72i0d87m0da2n0ddco0df3p0e06s0e2cv0e43a0ea5e0f5d\
        g0fc9s0fdag1099u10aca10bce10cfe10dfs1137o1149e115cp1175a1188c11f4d120ce1220r1231i1265u128do1300e1313\
        h1324p133ba134eo1363t1374c139ee13b1m13bbn13d2v13e5m13f3r1404b1427n144ba145cu146cc147de14b5r14bfs14d2\
        a14e5e14fal1552n158cg15f8l1630m1643o16afs16c7n16der16f3a1706o1746u1759y176cn177ce1792o17ffn186be1881\
        r1899g18bcl18d1s18e4m18f7n1942s1950v1967m19c9b19e8d19fbp1a27e1abdo1acem1addp1b1ac1b90d1ba7i1bdds1c68\
        t1cc3d1d2dn1d3ai1d47o1d54c1d63o1d73e1d86o1d95w1daau1e1fd1e34n1e48r1eb4l1ee1b1ef6t1f77a1f88g1fa6n1fcc\
        u1fd9v1fe9b204bc20d6k2122n2134t2147v2154c2166g2177u2188v2197s21a9c21b8g21cdn21e0r2251t22eax2318a2329\
        c2338d234bm235ft2370c23cbl23e2n2435s2472b2526d2537i25d2n25e7r2635t2646u2657v26c1l26d3n26ebs2700t2711\
        b273di274eu2762r2777t278av279bs27acj27b9h27cco27d9d27f4s2800f281ae283ee284fs286ct287dg288et289ft28ce\
        e28e1i2919e2928l293an2948r29aas2acbt2af3d2b06n2b83r2c00i2c8co2ca5a2cc4o2cd9u2ce6l2d06p2d28a2d3de2da6\
        i2dfco2e4fy2e8eb2ec4l2ed7m2eeaj2f56a2f65e2fecd2ffen3013t3036v305fa30c1c30d0e311bf3132g31ccl31e1m3257\
        n32e2o32f9p330es3340v3356a33e8g33fdv340bm346du347em3491t349fb34b2l34bfn34d1t34e2v34f3a3511e353ah354b\
        r3560c3575n358ap35bar35cex35f4o3607r3673g36e9n3768z377fi3791o37a3i37b5o3821c38acd38bfl38d0m38f8e3907\
        i395dl39e2o39f6u3a06a3a86e3ab0i3b39o3b4er3b6db3b82c3bc5l3bd5m3be1i3bf4l3c60m3c73n3d1cs3d5dn3d87s3d9a\
        m3e06n3e30r3e43e3e56n3e87k3ef3n3f04t3f1cw3f8fx3ff1a3fffi413eo4166m41d2n41e0r424cd4277i4296m42c0n42dc\
        r42f3s4382a4398b43a4e43b5i43c5l43d4n43e2p43f5s4414c442br443ec4451g4464s4472c4485l4496l44abt44bea44d6\
        s4555i456al458dn459do45b0d45c0g4622 4632
        """
}
