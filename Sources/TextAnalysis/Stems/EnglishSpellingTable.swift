// Written by Scripts/generate-spellings from Config/spellings/english.txt; edit that instead.

/// British spellings and the American ones that stand for both.
///
/// Text, so that it lies in the binary as it is used: no code runs at start-up and nothing is allocated.
///
/// - `rules`: kind, British beginning, ">", American beginning, a blank. The kind is "." for a whole word, "*" for every word
///   that begins so, "=" for the forms of a verb (-e, -es, -ed, -er, -ing, -ation, -able) and for nothing else.
/// - `index`: four hexadecimal digits for each pair of letters, "aa" first: where the rules for words with these two letters
///   begin in `rules`; and once more for its end.
enum EnglishSpellingTable {
    /// Rules of the table.
    static let count = 898
    /// The table's CRC-32: an index that was made with another table has other terms.
    static let fingerprint = "a7444f5c"

    static let rules: StaticString = """
        *abridgement>abridgment *acknowledgement>acknowledgment =acclimatis>acclimatiz =actualis>actualiz \
        *aeroplane>airplane =aerosolis>aerosoliz *aetiolog>etiolog =aggrandis>aggrandiz .ageing>aging \
        =alphabetis>alphabetiz .aluminium>aluminum .aliases>alias =alkylis>alkyliz \
        *amphitheatre>amphitheater =amortis>amortiz *amoeb>ameb .anaesthetising>anesthetizing \
        *anaesthetise>anesthetize .annullings>annulings .analogues>analogs .analysers>analyzers \
        .analysing>analyzing .annullers>annulers .annulling>annuling =antagonis>antagoniz *anaesthe>anesthe \
        .analogue>analog .analysed>analyzed .analyser>analyzer .annulled>annuled .annuller>annuler \
        =anonymis>anonymiz .analyse>analyze *anaem>anem .apparellings>apparelings .apparellers>apparelers \
        .apparelling>appareling .apparelled>appareled .appareller>appareler =apologis>apologiz *apnoea>apnea \
        *archaeolog>archeolog =arabicis>arabiciz *artefact>artifact *armour>armor =atomis>atomiz \
        =automatis>automatiz =authoris>authoriz =axiomatis>axiomatiz .barrellings>barrelings \
        .barrellers>barrelers .barrelling>barreling =bayesianis>bayesianiz *bacteraem>bacterem \
        .baptising>baptizing .barrelled>barreled .barreller>barreler *baptise>baptize .bevellings>bevelings \
        *behaviour>behavior .bevellers>bevelers .bevelling>beveling *belabour>belabor .bevelled>beveled \
        .beveller>beveler .biassing>biasing .biassed>biased =binaris>binariz .blameable>blamable \
        =bowdleris>bowdleriz =brutalis>brutaliz .busses>bus .burnt>burned .buses>bus .cancellings>cancelings \
        *carburettor>carburetor .cataloguing>cataloging .cancellers>cancelers .cancelling>canceling \
        =cannibalis>cannibaliz .carollings>carolings .catalogued>cataloged .catalogues>catalogs \
        .catalysing>catalyzing *caesarean>cesarean .cancelled>canceled .canceller>canceler \
        =capitalis>capitaliz =caramelis>carameliz .carollers>carolers .carolling>caroling .catalogue>catalog \
        =categoris>categoriz .calibres>calibers .canvases>canvas =capsulis>capsuliz =carbonis>carboniz \
        .carolled>caroled .caroller>caroler *catalyse>catalyze =cauteris>cauteriz .caesium>cesium \
        .calibre>caliber *candour>candor =canonis>canoniz =catalis>cataliz *centimetre>centimeter \
        *centrefold>centerfold =centralis>centraliz .centring>centering .centred>centered .centres>centers \
        .centre>center .channellings>channelings .channellers>channelers .channelling>channeling \
        =characteris>characteriz .chisellings>chiselings .channelled>channeled .channeller>channeler \
        .chisellers>chiselers .chiselling>chiseling .chiselled>chiseled .chiseller>chiseler =chloris>chloriz \
        .chilli>chili =cicatris>cicatriz =civilis>civiliz *clamour>clamor =compartmentalis>compartmentaliz \
        *colourisation>colorization =commercialis>commercializ =conceptualis>conceptualiz \
        =contextualis>contextualiz .counsellings>counselings =collectivis>collectiviz \
        .colourising>colorizing .corrallings>corralings .counsellers>counselers .counselling>counseling \
        =computeris>computeriz .corrallers>corralers .corralling>corraling .counselled>counseled \
        .counseller>counseler *counsellor>counselor =colloquis>colloquiz *colourise>colorize \
        =conceptis>conceptiz .corralled>corraled .corraller>corraler =commodis>commodiz .cosiness>coziness \
        .coeliac>celiac =colonis>coloniz *colour>color .cosier>cozier .cosy>cozy =criminalis>criminaliz \
        =crystalis>crystaliz =criticis>criticiz .crises>crisis =customis>customiz *cypher>cipher \
        =deincentivis>deincentiviz =decentralis>decentraliz *defenceless>defenseless =deemphasis>deemphasiz \
        =denormalis>denormaliz =destabilis>destabiliz .devillings>devilings =decimalis>decimaliz \
        =dehumanis>dehumaniz *demeanour>demeanor =demoralis>demoraliz =depolaris>depolariz \
        .devillers>devilers .devilling>deviling .defences>defenses =deodoris>deodoriz .devilled>deviled \
        .deviller>deviler .defence>defense =demonis>demoniz =deputis>deputiz =disincentivis>disincentiviz \
        .diesellings>dieselings =diagonalis>diagonaliz .diesellers>dieselers .dieselling>dieseling \
        =disorganis>disorganiz .diallings>dialings .dialogues>dialogs *diarrhoea>diarrhea \
        .dieselled>dieseled .dieseller>dieseler *discolour>discolor =discretis>discretiz *disfavour>disfavor \
        *dishonour>dishonor .diallers>dialers .dialling>dialing .dialogue>dialog .dialled>dialed \
        .dialler>dialer *dialyse>dialyze =digitis>digitiz .distils>distills .distil>distill .discs>disks \
        .disc>disk =dogmatis>dogmatiz *doughnut>donut =dramatis>dramatiz .dreamt>dreamed .duellings>duelings \
        .duellers>duelers .duelling>dueling .duelled>dueled .dueller>dueler *dyspnoea>dyspnea \
        =economis>economiz *electrolyse>electrolyze =emphasis>emphasiz .enamellings>enamelings \
        *encyclopaed>encycloped .enamellers>enamelers .enamelling>enameling .enamelled>enameled \
        .enameller>enameler *endeavour>endeavor *enrolment>enrollment =energis>energiz .enrols>enrolls \
        .enrol>enroll *epicentre>epicenter =epitomis>epitomiz .equallings>equalings .equallers>equalers \
        .equalling>equaling .equalled>equaled .equaller>equaler =equalis>equaliz =eroticis>eroticiz \
        =etherialis>etherializ =eternis>eterniz =euphemis>euphemiz =evangelis>evangeliz \
        =externalis>externaliz =externis>externiz =exorcis>exorciz =familiaris>familiariz =factoris>factoriz \
        =fantasis>fantasiz *favour>favor *faec>fec =fertilis>fertiliz =feminis>feminiz *fervour>fervor \
        .fibreglass>fiberglass =finalis>finaliz *fibre>fiber *flavour>flavor =fluidis>fluidiz \
        .focussing>focusing .focussed>focused .focusses>focuses =formalis>formaliz =fossilis>fossiliz \
        *foet>fet =fraternis>fraterniz .funnellings>funnelings *fulfilment>fulfillment .funnellers>funnelers \
        .funnelling>funneling .fuellings>fuelings .funnelled>funneled .funneller>funneler .fuellers>fuelers \
        .fuelling>fueling .fuelled>fueled .fueller>fueler .fulfils>fulfills .fulfil>fulfill \
        .gambollings>gambolings .gambollers>gambolers .gambolling>gamboling .gambolled>gamboled \
        .gamboller>gamboler =galvanis>galvaniz .gaging>gauging .gasses>gas .gaged>gauged .gages>gauges \
        .gaols>jails .gases>gas .gage>gauge .gaol>jail =generalis>generaliz =germanis>germaniz \
        .glamourising>glamorizing *glamourise>glamorize =globalis>globaliz =glutinis>glutiniz \
        *glamour>glamor *glycaem>glycem .gonorrhoea>gonorrhea .grovellings>grovelings .grovellers>grovelers \
        .grovelling>groveling .greyscale>grayscale .grovelled>groveled .groveller>groveler .greying>graying \
        .greyish>grayish .greyed>grayed .greyer>grayer .greys>grays .grey>gray *gynaecolog>gynecolog \
        =harmonis>harmoniz *harbour>harbor *haema>hema *haemo>hemo =hegemonis>hegemoniz =hellenis>helleniz \
        =historis>historiz =hospitalis>hospitaliz .hovellings>hovelings =homogenis>homogeniz \
        =homologis>homologiz *homologue>homolog .hovellers>hovelers .hovelling>hoveling .hovelled>hoveled \
        .hoveller>hoveler *homoeo>homeo *honour>honor =humanis>humaniz *humour>humor \
        =hyperparameteris>hyperparameteriz *hyperglycaem>hyperglycem *hypoglycaem>hypoglycem \
        =hydrogenis>hydrogeniz .hypotheses>hypothesis =hypothesis>hypothesiz *hydrolyse>hydrolyze \
        =hybridis>hybridiz =hypnotis>hypnotiz =idealis>idealiz =idolis>idoliz .impanellings>impanelings \
        .impanellers>impanelers .impanelling>impaneling =immortalis>immortaliz .impanelled>impaneled \
        .impaneller>impaneler =immobilis>immobiliz =immunis>immuniz =institutionalis>institutionaliz \
        =internationalis>internationaliz =intellectualis>intellectualiz =individualis>individualiz \
        =industrialis>industrializ .initiallings>initialings .initiallers>initialers .initialling>initialing \
        =incentivis>incentiviz .initialled>initialed .initialler>initialer *instalment>installment \
        =internalis>internaliz =initialis>initializ =internis>interniz .instils>instills .instil>instill \
        =iodis>iodiz =ionis>ioniz .irises>iris =ironis>ironiz =isomeris>isomeriz *ischaem>ischem \
        =itemis>itemiz .jewellings>jewelings =jeopardis>jeopardiz .jewellers>jewelers .jewellery>jewelry \
        .jewelling>jeweling .jewelled>jeweled .jeweller>jeweler =journalis>journaliz *judgement>judgment \
        .kennellings>kennelings .kennellers>kennelers .kennelling>kenneling .kennelled>kenneled \
        .kenneller>kenneler =keratinis>keratiniz .kerbs>curbs .kerb>curb *kilometre>kilometer \
        .labellings>labelings .labellers>labelers .labelling>labeling .labelled>labeled .labeller>labeler \
        =labelis>labeliz =latinis>latiniz *labour>labor .levellings>levelings =legitimis>legitimiz \
        .levellers>levelers .levelling>leveling .levelled>leveled .leveller>leveler =legalis>legaliz \
        *leukaem>leukem .learnt>learned .lenses>lens .leapt>leaped .libellings>libelings .libellers>libelers \
        .libelling>libeling *libellous>libelous =liberalis>liberaliz .licencing>licensing .libelled>libeled \
        .libeller>libeler .licenced>licensed .licences>licenses .likeable>likable =linearis>lineariz \
        .liveable>livable .licence>license *litre>liter .loveable>lovable =localis>localiz =logicis>logiciz \
        *louvre>louver .lustre>luster .manoeuvring>maneuvering .marvellings>marvelings \
        *manoeuvrab>maneuverab .manoeuvred>maneuvered .manoeuvres>maneuvers =marginalis>marginaliz \
        .marvellers>marvelers .marvelling>marveling *marvellous>marvelous =materialis>materializ \
        =mathematis>mathematiz =macadamis>macadamiz .manoeuvre>maneuver .marvelled>marveled \
        .marveller>marveler =magnetis>magnetiz =maximis>maximiz =metastasis>metastasiz *mediaeval>medieval \
        =metabolis>metaboliz =mechanis>mechaniz =methylis>methyliz =memoris>memoriz *meagre>meager \
        .metres>meters .metre>meter .mislabellings>mislabelings *misbehaviour>misbehavior \
        *misdemeanour>misdemeanor .mislabellers>mislabelers .mislabelling>mislabeling \
        .mislabelled>mislabeled .mislabeller>mislabeler *micrometre>micrometer *millilitre>milliliter \
        *millimetre>millimeter =miniaturis>miniaturiz =militaris>militariz =mineralis>mineraliz \
        =minimis>minimiz .milage>mileage .modellings>modelings .monologues>monologs .modellers>modelers \
        .modelling>modeling =modularis>modulariz =moisturis>moisturiz .monologue>monolog \
        =monopolis>monopoliz *moustache>mustache .modelled>modeled .modeller>modeler =modernis>moderniz \
        .moulding>molding .moveable>movable =mobilis>mobiliz =modelis>modeliz =monetis>monetiz \
        =moralis>moraliz =motoris>motoriz .moulded>molded .moulds>molds .mouldy>moldy .mould>mold \
        *moult>molt *multicolour>multicolor =nationalis>nationaliz *nanometre>nanometer =naturalis>naturaliz \
        =nasalis>nasaliz *neighbour>neighbor =neutralis>neutraliz =nebulis>nebuliz =normalis>normaliz \
        =notaris>notariz =novelis>noveliz .oases>oasis =objectis>objectiz .ochre>ocher =odoris>odoriz \
        *odour>odor *oesoph>esoph *oedem>edem *oestr>estr .offences>offenses .offence>offense \
        *omelette>omelet =operationalis>operationaliz =opsonis>opsoniz =optimis>optimiz \
        =orthogonalis>orthogonaliz *orthopaed>orthoped =organis>organiz =ostracis>ostraciz \
        =overgeneralis>overgeneraliz =overemphasis>overemphasiz =oxidis>oxidiz =particularis>particulariz \
        =parameteris>parameteriz .parcellings>parcelings .parentheses>parenthesis .panellings>panelings \
        =parallelis>paralleliz .paralysing>paralyzing =parametris>parametriz .parcellers>parcelers \
        .parcelling>parceling .panellers>panelers .panelling>paneling .parcelled>parceled \
        .parceller>parceler =pasteuris>pasteuriz *paediatr>pediatr .panelled>paneled .paneller>paneler \
        *paralyse>paralyze =passivis>passiviz =patronis>patroniz *parlour>parlor *palaeo>paleo \
        =pedestrianis>pedestrianiz .pencillings>pencilings .pedallings>pedalings .pencillers>pencilers \
        .pencilling>penciling .perillings>perilings =personalis>personaliz .pedallers>pedalers \
        .pedalling>pedaling .pencilled>penciled .penciller>penciler .perillers>perilers .perilling>periling \
        .pedalled>pedaled .pedaller>pedaler .perilled>periled .periller>periler =personis>personiz \
        =penalis>penaliz =philosophis>philosophiz .phoneys>phonies .phoney>phony =plagiaris>plagiariz \
        =pluralis>pluraliz *plough>plow .pluses>plus =popularis>populariz =polaris>polariz =politis>politiz \
        =preferentis>preferentiz .practising>practicing =privilegis>privilegiz .programmes>programs \
        =proselytis>proselytiz .practised>practiced .practises>practices =pragmatis>pragmatiz \
        =pressuris>pressuriz .pretences>pretenses *primaeval>primeval =prioritis>prioritiz \
        .programme>program .practise>practice .pretence>pretense =privatis>privatiz \
        *psychoanalyse>psychoanalyze =psychologis>psychologiz .pummellings>pummelings .pummellers>pummelers \
        .pummelling>pummeling .pummelled>pummeled .pummeller>pummeler =publicis>publiciz =pulveris>pulveriz \
        *pyjama>pajama .quarrellings>quarrelings .quarrellers>quarrelers .quarrelling>quarreling \
        .quarrelled>quarreled .quarreller>quarreler .queueing>queuing =quantis>quantiz \
        =rationalis>rationaliz .ravellings>ravelings =radicalis>radicaliz .ravellers>ravelers \
        .ravelling>raveling =randomis>randomiz .rateable>ratable .ravelled>raveled .raveller>raveler \
        *rancour>rancor =reconceptualis>reconceptualiz =reparameteris>reparameteriz \
        .relabellings>relabelings .remodellings>remodelings =revolutionis>revolutioniz \
        *reconnoitre>reconnoiter .refocussing>refocusing .refuellings>refuelings .relabellers>relabelers \
        .relabelling>relabeling .remodellers>remodelers .remodelling>remodeling =reemphasis>reemphasiz \
        .refocussed>refocused .refuellers>refuelers .refuelling>refueling .relabelled>relabeled \
        .relabeller>relabeler .remodelled>remodeled .remodeller>remodeler =renormalis>renormaliz \
        .resizeable>resizable .revellings>revelings .refuelled>refueled .refueller>refueler \
        =regularis>regulariz =remobilis>remobiliz =reorganis>reorganiz =repolaris>repolariz \
        .revellers>revelers .revelling>reveling =revitalis>revitaliz =recognis>recogniz .revelled>reveled \
        .reveller>reveler =realis>realiz =rhapsodis>rhapsodiz .rivallings>rivalings .rivallers>rivalers \
        .rivalling>rivaling .rivalled>rivaled .rivaller>rivaler *rigour>rigor =routinis>routiniz \
        =romanis>romaniz =ruthenis>rutheniz *rumour>rumor .saleable>salable =sanitis>sanitiz \
        =satiris>satiriz *saviour>savior *savour>savor *sabre>saber .scaleable>scalable =scandalis>scandaliz \
        =schematis>schematiz =scrutinis>scrutiniz *sceptic>skeptic =sensationalis>sensationaliz \
        =secularis>seculariz *septicaem>septicem =sensitis>sensitiz =serialis>serializ =sermonis>sermoniz \
        =sexualis>sexualiz .shrivellings>shrivelings .shovellings>shovelings .shrivellers>shrivelers \
        .shrivelling>shriveling .shovellers>shovelers .shovelling>shoveling .shrivelled>shriveled \
        .shriveller>shriveler .shovelled>shoveled .shoveller>shoveler .signallings>signalings \
        .signallers>signalers .signalling>signaling =singularis>singulariz .signalled>signaled \
        .signaller>signaler =signalis>signaliz .sizeable>sizable *skilful>skillful *smoulder>smolder \
        .snorkellings>snorkelings .snivellings>snivelings .snorkellers>snorkelers .snorkelling>snorkeling \
        .snivellers>snivelers .snivelling>sniveling .snorkelled>snorkeled .snorkeller>snorkeler \
        *snowplough>snowplow .snivelled>sniveled .sniveller>sniveler =soliloquis>soliloquiz \
        =socialis>socializ =sodomis>sodomiz =solubis>solubiz *sombre>somber .specialities>specialties \
        .spirallings>spiralings =spiritualis>spiritualiz .speciality>specialty .spirallers>spiralers \
        .spiralling>spiraling =specialis>specializ .spiralled>spiraled .spiraller>spiraler \
        *splendour>splendor *spectre>specter .spoilt>spoiled .squirrellings>squirrelings \
        .squirrellers>squirrelers .squirrelling>squirreling .squirrelled>squirreled .squirreller>squirreler \
        .stencillings>stencilings .stencillers>stencilers .stencilling>stenciling =standardis>standardiz \
        .stencilled>stenciled .stenciller>stenciler =stigmatis>stigmatiz =strategis>strategiz \
        =stabilis>stabiliz =sterilis>steriliz .storeys>stories .storey>story =subjectivis>subjectiviz \
        =suburbanis>suburbaniz =subsidis>subsidiz =summaris>summariz *succour>succor *sulph>sulf \
        .swivellings>swivelings .swivellers>swivelers .swivelling>swiveling .swivelled>swiveled \
        .swiveller>swiveler .symbollings>symbolings .symbollers>symbolers .symbolling>symboling \
        =synchronis>synchroniz =systematis>systematiz .symbolled>symboled .symboller>symboler \
        =symmetris>symmetriz =sympathis>sympathiz .syntheses>synthesis =synthesis>synthesiz \
        =syllabis>syllabiz =symbolis>symboliz =systemis>systemiz .tassellings>tasselings \
        .tassellers>tasselers .tasselling>tasseling .tasselled>tasseled .tasseller>tasseler \
        =tantalis>tantaliz =temporalis>temporaliz =temporis>temporiz =tensoris>tensoriz =terroris>terroriz \
        *theatre>theater =theoris>theoriz .theses>thesis .tinsellings>tinselings .tinsellers>tinselers \
        .tinselling>tinseling .tinselled>tinseled .tinseller>tinseler .totallings>totalings \
        .towellings>towelings .totallers>totalers .totalling>totaling .towellers>towelers \
        .towelling>toweling .totalled>totaled .totaller>totaler .towelled>toweled .toweller>toweler \
        =tokenis>tokeniz =totalis>totaliz .tonnes>tons *toxaem>toxem .tonne>ton .trammellings>trammelings \
        =transistoris>transistoriz .trammellers>trammelers .trammelling>trammeling =tranquillis>tranquilliz \
        .travellings>travelings .trowellings>trowelings .trammelled>trammeled .trammeller>trammeler \
        .travellers>travelers .travelling>traveling .trowellers>trowelers .trowelling>troweling \
        .tradeable>tradable =traumatis>traumatiz .travelled>traveled .traveller>traveler \
        =trivialis>trivializ .trowelled>troweled .troweller>troweler =tribalis>tribaliz \
        .tunnellings>tunnelings .tunnellers>tunnelers .tunnelling>tunneling .tunnelled>tunneled \
        .tunneller>tunneler *tumour>tumor =tyrannis>tyranniz .tyres>tires .tyre>tire \
        =undergeneralis>undergeneraliz .unmistakeable>unmistakable .unravellings>unravelings \
        =universalis>universaliz .unravellers>unravelers .unravelling>unraveling =unregularis>unregulariz \
        =unnormalis>unnormaliz .unravelled>unraveled .unraveller>unraveler *unskilful>unskillful \
        =unionis>unioniz =urbanis>urbaniz *uraem>urem .useable>usable =utilis>utiliz =vasectomis>vasectomiz \
        =vandalis>vandaliz =vaporis>vaporiz *valour>valor *vapour>vapor =vectoris>vectoriz \
        =verbalis>verbaliz =victimis>victimiz =visualis>visualiz *vigour>vigor =volatilis>volatiliz \
        =vocalis>vocaliz =vulcanis>vulcaniz *watercolour>watercolor .weasellings>weaselings \
        .weasellers>weaselers .weaselling>weaseling .weaselled>weaseled .weaseller>weaseler \
        =westernis>westerniz =weaponis>weaponiz .whiskies>whiskeys .whisky>whiskey =winteris>winteriz \
        *wilful>willful .woollen>woolen .yodellings>yodelings .yodellers>yodelers .yodelling>yodeling \
        .yodelled>yodeled .yodeller>yodeler *yoghurt>yogurt \

        """

    static let index: StaticString = """
        00000000001800620062009d009d00c000c000c000c000c0010b014302a802a8033f033f03890389039803c003c003c003d5\
        03d503d50492049204920492051a051a051a051a054d054d054d05610561056105760576057605890589058905ae05ae05ae\
        05ae05ae05ae082e082e082e082e08b708b708b709d109f509f509f50a050a050a050c800c800c800cce0cce0cce0ce10ce1\
        0ce10ce10cf00cf00cf00cf00cf00cf00ea50ea50ea50ea510991099109910991099109910bc10bc10bc10df10df10df1137\
        1137113711371149114911491149115c115c115c115c115c115c115c115c115c1175118812651265128d130013131313133b\
        134e13631363139e139e139e13f313f313f313f31427142714271427145c145c145c147d147d147d14e514e514e514fa14fa\
        14fa15f815f815f815f815f815f816de16de16de16de1706170617061706170617061706177c177c177c179217921792186b\
        186b186b186b186b186b186b1881188118bc18bc18bc18bc18e418e418e418e418f718f718f718f718f718f719c919c919c9\
        19c919c919c919e819e819e819e81abd1abd1abd1abd1abd1add1add1add1add1add1add1add1add1add1b901d2d1d471d47\
        1d471d631d861d951d951d951d951d951d951d951d951d951d951d951e1f1e1f1e1f1e1f1e1f1e1f1e1f1e1f1e1f1e1f1e34\
        1e341e341e341e341e341e481e481e481e481e481e481e481e481e481e481ee11ee11ee11ee11ef61ef61ef61ef61ef61ef6\
        1ef61ef61ef61ef61ef61ef61ef61ef61ef61ef61ef61ef61f881f881f881f88204b204b204b204b21662166216621662166\
        216621a921a921a921a921a921a921b821b821b821b821b821b8232923292329232923cb23cb23cb23cb2526252625262526\
        2526252626d326d326d326d326d326d326eb26eb26eb26eb26eb26eb273d273d273d273d2777277727772777277727772777\
        27772777277727ac27ac27ac27ac27ac27ac27ac27ac27ac27ac27ac27ac27b927cc27d927f4281a283e283e283e283e283e\
        283e283e284f284f284f288e288e28ce28e128e128e1291929192928292829282b062b062b062b062c8c2c8c2c8c2cc42cc4\
        2cc42cc42d062d062d062d3d2d3d2d3d2e8e2ec42ec42f562f562f562f562f652f652f652f652f652f652f652f652f652f65\
        2f652f652f652f652f652f652f652f652f652f652f652f652ffe2ffe2ffe2ffe2ffe2ffe30c130c130c130c133e833e833e8\
        33fd346d346d346d346d346d346d34913491349134913491349134b234b234b234b234b234b2351135113575357536073607\
        360736e93791379137a337a337b538ac39073a063a863a863a863b823bf43bf43c603c603d873d873e063e063e063e063e56\
        3e563e563e873ef33ef33ef33ef33ef33ef33fff3fff3fff41d241d241d2424c424c424c424c427742774277427742774277\
        427742774277427742774277427742774277439843984398439843b543c543d443d443d443d443d443d443d4442b442b442b\
        442b445144514451445144854485448544854485448544ab44ab44ab44ab44ab44ab44be44be44be44be44be44be44d644d6\
        44d644d6456a456a456a458d45b045b045b045b045b045b045c045c045c045c045c045c045c045c045c045c045c045c045c0\
        45c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c045c0\
        45c045c045c045c045c045c045c045c045c045c045c045c045c045c046324632463246324632463246324632463246324632\
        4632463246324632463246324632463246324632463246324632463246324632463246324632463246324632463246324632\
        46324632
        """
}
