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
    static let count = 835
    /// The table's CRC-32: an index that was made with another table has other terms.
    static let fingerprint = "5dfa9a58"

    static let rules: StaticString = """
        *abridgement>abridgment *acknowledgement>acknowledgment =acclimatis>acclimatiz =actualis>actualiz \
        *aeroplane>airplane =aerosolis>aerosoliz *aetiolog>etiolog =aggrandis>aggrandiz .ageing>aging \
        =alphabetis>alphabetiz .aluminium>aluminum =alkylis>alkyliz *amphitheatre>amphitheater \
        =amortis>amortiz *amoeb>ameb .anaesthetising>anesthetizing *anaesthetise>anesthetize \
        .annullings>annulings .analogues>analogs .analysers>analyzers .analysing>analyzing \
        .annullers>annulers .annulling>annuling =antagonis>antagoniz *anaesthe>anesthe .analogue>analog \
        .analysed>analyzed .analyser>analyzer .annulled>annuled .annuller>annuler =anonymis>anonymiz \
        .analyse>analyze *anaem>anem .apparellings>apparelings .apparellers>apparelers \
        .apparelling>appareling .apparelled>appareled .appareller>appareler =apologis>apologiz *apnoea>apnea \
        *archaeolog>archeolog =arabicis>arabiciz *artefact>artifact *armour>armor =atomis>atomiz \
        =automatis>automatiz =authoris>authoriz =axiomatis>axiomatiz .barrellings>barrelings \
        .barrellers>barrelers .barrelling>barreling =bayesianis>bayesianiz *bacteraem>bacterem \
        .barrelled>barreled .barreller>barreler .bevellings>bevelings *behaviour>behavior \
        .bevellers>bevelers .bevelling>beveling *belabour>belabor .bevelled>beveled .beveller>beveler \
        =binaris>binariz =bowdleris>bowdleriz =brutalis>brutaliz .burnt>burned .cancellings>cancelings \
        .cataloguing>cataloging .cancellers>cancelers .cancelling>canceling =cannibalis>cannibaliz \
        .carollings>carolings .catalogued>cataloged .catalogues>catalogs .catalysing>catalyzing \
        *caesarean>cesarean .cancelled>canceled .canceller>canceler =capitalis>capitaliz \
        =caramelis>carameliz .carollers>carolers .carolling>caroling .catalogue>catalog =categoris>categoriz \
        .calibres>calibers =capsulis>capsuliz =carbonis>carboniz .carolled>caroled .caroller>caroler \
        *catalyse>catalyze =cauteris>cauteriz .caesium>cesium .calibre>caliber *candour>candor \
        =canonis>canoniz =catalis>cataliz *centimetre>centimeter *centrefold>centerfold =centralis>centraliz \
        .centring>centering .centred>centered .centres>centers .centre>center .channellings>channelings \
        .channellers>channelers .channelling>channeling =characteris>characteriz .chisellings>chiselings \
        .channelled>channeled .channeller>channeler .chisellers>chiselers .chiselling>chiseling \
        .chiselled>chiseled .chiseller>chiseler =chloris>chloriz .chilli>chili =cicatris>cicatriz \
        =civilis>civiliz *clamour>clamor =compartmentalis>compartmentaliz *colourisation>colorization \
        =commercialis>commercializ =conceptualis>conceptualiz =contextualis>contextualiz \
        .counsellings>counselings =collectivis>collectiviz .colourising>colorizing .corrallings>corralings \
        .counsellers>counselers .counselling>counseling =computeris>computeriz .corrallers>corralers \
        .corralling>corraling .counselled>counseled .counseller>counseler =colloquis>colloquiz \
        *colourise>colorize =conceptis>conceptiz .corralled>corraled .corraller>corraler =commodis>commodiz \
        .cosiness>coziness .coeliac>celiac =colonis>coloniz *colour>color .cosier>cozier .cosy>cozy \
        =criminalis>criminaliz =crystalis>crystaliz =criticis>criticiz =customis>customiz *cypher>cipher \
        =deincentivis>deincentiviz =decentralis>decentraliz *defenceless>defenseless =deemphasis>deemphasiz \
        =denormalis>denormaliz =destabilis>destabiliz .devillings>devilings =decimalis>decimaliz \
        =dehumanis>dehumaniz *demeanour>demeanor =demoralis>demoraliz =depolaris>depolariz \
        .devillers>devilers .devilling>deviling .defences>defenses =deodoris>deodoriz .devilled>deviled \
        .deviller>deviler .defence>defense =demonis>demoniz =deputis>deputiz =disincentivis>disincentiviz \
        .diesellings>dieselings =diagonalis>diagonaliz .diesellers>dieselers .dieselling>dieseling \
        =disorganis>disorganiz .diallings>dialings .dialogues>dialogs *diarrhoea>diarrhea \
        .dieselled>dieseled .dieseller>dieseler *discolour>discolor =discretis>discretiz *disfavour>disfavor \
        *dishonour>dishonor .diallers>dialers .dialling>dialing .dialogue>dialog .dialled>dialed \
        .dialler>dialer *dialyse>dialyze =digitis>digitiz .distils>distills .distil>distill \
        =dogmatis>dogmatiz *doughnut>donut =dramatis>dramatiz .dreamt>dreamed .duellings>duelings \
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
        =formalis>formaliz =fossilis>fossiliz *foet>fet =fraternis>fraterniz .funnellings>funnelings \
        *fulfilment>fulfillment .funnellers>funnelers .funnelling>funneling .fuellings>fuelings \
        .funnelled>funneled .funneller>funneler .fuellers>fuelers .fuelling>fueling .fuelled>fueled \
        .fueller>fueler .fulfils>fulfills .fulfil>fulfill .gambollings>gambolings .gambollers>gambolers \
        .gambolling>gamboling .gambolled>gamboled .gamboller>gamboler =galvanis>galvaniz .gaols>jails \
        .gaol>jail =generalis>generaliz =germanis>germaniz =glamouris>glamouriz =globalis>globaliz \
        =glutinis>glutiniz *glycaem>glycem .gonorrhoea>gonorrhea .grovellings>grovelings \
        .grovellers>grovelers .grovelling>groveling .greyscale>grayscale .grovelled>groveled \
        .groveller>groveler .greyish>grayish .greyer>grayer .greys>grays .grey>gray *gynaecolog>gynecolog \
        =harmonis>harmoniz *harbour>harbor *haema>hema *haemo>hemo =hegemonis>hegemoniz =hellenis>helleniz \
        =historis>historiz =hospitalis>hospitaliz .hovellings>hovelings =homogenis>homogeniz \
        =homologis>homologiz *homologue>homolog .hovellers>hovelers .hovelling>hoveling .hovelled>hoveled \
        .hoveller>hoveler *homoeo>homeo *honour>honor =humanis>humaniz *humour>humor \
        =hyperparameteris>hyperparameteriz *hyperglycaem>hyperglycem *hypoglycaem>hypoglycem \
        =hydrogenis>hydrogeniz =hypothesis>hypothesiz *hydrolyse>hydrolyze =hybridis>hybridiz \
        =hypnotis>hypnotiz =idealis>idealiz =idolis>idoliz .impanellings>impanelings .impanellers>impanelers \
        .impanelling>impaneling =immortalis>immortaliz .impanelled>impaneled .impaneller>impaneler \
        =immobilis>immobiliz =immunis>immuniz =institutionalis>institutionaliz \
        =internationalis>internationaliz =intellectualis>intellectualiz =individualis>individualiz \
        =industrialis>industrializ .initiallings>initialings .initiallers>initialers .initialling>initialing \
        =incentivis>incentiviz .initialled>initialed .initialler>initialer *instalment>installment \
        =internalis>internaliz =initialis>initializ =internis>interniz .instils>instills .instil>instill \
        =iodis>iodiz =ionis>ioniz =ironis>ironiz =isomeris>isomeriz *ischaem>ischem =itemis>itemiz \
        .jewellings>jewelings =jeopardis>jeopardiz .jewellers>jewelers .jewellery>jewelry \
        .jewelling>jeweling .jewelled>jeweled .jeweller>jeweler =journalis>journaliz *judgement>judgment \
        .kennellings>kennelings .kennellers>kennelers .kennelling>kenneling .kennelled>kenneled \
        .kenneller>kenneler =keratinis>keratiniz .kerbs>curbs .kerb>curb *kilometre>kilometer \
        .labellings>labelings .labellers>labelers .labelling>labeling .labelled>labeled .labeller>labeler \
        =labelis>labeliz =latinis>latiniz *labour>labor .levellings>levelings =legitimis>legitimiz \
        .levellers>levelers .levelling>leveling .levelled>leveled .leveller>leveler =legalis>legaliz \
        *leukaem>leukem .learnt>learned .leapt>leaped .libellings>libelings .libellers>libelers \
        .libelling>libeling *libellous>libelous =liberalis>liberaliz .libelled>libeled .libeller>libeler \
        .licences>licenses =linearis>lineariz .licence>license *litre>liter =localis>localiz \
        =logicis>logiciz *louvre>louver .lustre>luster .manoeuvring>maneuvering .marvellings>marvelings \
        *manoeuvrab>maneuverab .manoeuvred>maneuvered .manoeuvres>maneuvers =marginalis>marginaliz \
        .marvellers>marvelers .marvelling>marveling *marvellous>marvelous =materialis>materializ \
        =mathematis>mathematiz =macadamis>macadamiz .manoeuvre>maneuver .marvelled>marveled \
        .marveller>marveler =magnetis>magnetiz =maximis>maximiz =metastasis>metastasiz *mediaeval>medieval \
        =metabolis>metaboliz =mechanis>mechaniz =methylis>methyliz =memoris>memoriz *meagre>meager \
        .metres>meters .metre>meter .mislabellings>mislabelings *misbehaviour>misbehavior \
        *misdemeanour>misdemeanor .mislabellers>mislabelers .mislabelling>mislabeling \
        .mislabelled>mislabeled .mislabeller>mislabeler *micrometre>micrometer *millilitre>milliliter \
        *millimetre>millimeter =miniaturis>miniaturiz =militaris>militariz =mineralis>mineraliz \
        =minimis>minimiz .modellings>modelings .monologues>monologs .modellers>modelers .modelling>modeling \
        =modularis>modulariz =moisturis>moisturiz .monologue>monolog =monopolis>monopoliz \
        *moustache>mustache .modelled>modeled .modeller>modeler =modernis>moderniz .moulding>molding \
        =mobilis>mobiliz =modelis>modeliz =monetis>monetiz =moralis>moraliz =motoris>motoriz .moulded>molded \
        .moulds>molds .mouldy>moldy .mould>mold *moult>molt *multicolour>multicolor =nationalis>nationaliz \
        *nanometre>nanometer =naturalis>naturaliz =nasalis>nasaliz *neighbour>neighbor =neutralis>neutraliz \
        =nebulis>nebuliz =normalis>normaliz =notaris>notariz =novelis>noveliz =objectis>objectiz \
        .ochre>ocher =odoris>odoriz *odour>odor *oesoph>esoph *oedem>edem *oestr>estr .offences>offenses \
        .offence>offense *omelette>omelet =operationalis>operationaliz =opsonis>opsoniz =optimis>optimiz \
        =orthogonalis>orthogonaliz *orthopaed>orthoped =organis>organiz =ostracis>ostraciz \
        =overgeneralis>overgeneraliz =overemphasis>overemphasiz =oxidis>oxidiz =particularis>particulariz \
        =parameteris>parameteriz .parcellings>parcelings .panellings>panelings =parallelis>paralleliz \
        .paralysing>paralyzing =parametris>parametriz .parcellers>parcelers .parcelling>parceling \
        .panellers>panelers .panelling>paneling .parcelled>parceled .parceller>parceler =pasteuris>pasteuriz \
        *paediatr>pediatr .panelled>paneled .paneller>paneler *paralyse>paralyze =passivis>passiviz \
        =patronis>patroniz *parlour>parlor *palaeo>paleo =pedestrianis>pedestrianiz .pencillings>pencilings \
        .pedallings>pedalings .pencillers>pencilers .pencilling>penciling .perillings>perilings \
        =personalis>personaliz .pedallers>pedalers .pedalling>pedaling .pencilled>penciled \
        .penciller>penciler .perillers>perilers .perilling>periling .pedalled>pedaled .pedaller>pedaler \
        .perilled>periled .periller>periler =personis>personiz =penalis>penaliz =philosophis>philosophiz \
        =plagiaris>plagiariz =pluralis>pluraliz *plough>plow =popularis>populariz =polaris>polariz \
        =politis>politiz =preferentis>preferentiz .practising>practicing =privilegis>privilegiz \
        .programmes>programs =proselytis>proselytiz .practised>practiced .practises>practices \
        =pragmatis>pragmatiz =pressuris>pressuriz .pretences>pretenses *primaeval>primeval \
        =prioritis>prioritiz .programme>program .practise>practice .pretence>pretense =privatis>privatiz \
        *psychoanalyse>psychoanalyze =psychologis>psychologiz .pummellings>pummelings .pummellers>pummelers \
        .pummelling>pummeling .pummelled>pummeled .pummeller>pummeler =publicis>publiciz =pulveris>pulveriz \
        *pyjama>pajama .quarrellings>quarrelings .quarrellers>quarrelers .quarrelling>quarreling \
        .quarrelled>quarreled .quarreller>quarreler =quantis>quantiz =rationalis>rationaliz \
        .ravellings>ravelings =radicalis>radicaliz .ravellers>ravelers .ravelling>raveling \
        =randomis>randomiz .ravelled>raveled .raveller>raveler *rancour>rancor \
        =reconceptualis>reconceptualiz =reparameteris>reparameteriz .relabellings>relabelings \
        .remodellings>remodelings =revolutionis>revolutioniz *reconnoitre>reconnoiter \
        .refuellings>refuelings .relabellers>relabelers .relabelling>relabeling .remodellers>remodelers \
        .remodelling>remodeling =reemphasis>reemphasiz .refuellers>refuelers .refuelling>refueling \
        .relabelled>relabeled .relabeller>relabeler .remodelled>remodeled .remodeller>remodeler \
        =renormalis>renormaliz .revellings>revelings .refuelled>refueled .refueller>refueler \
        =regularis>regulariz =remobilis>remobiliz =reorganis>reorganiz =repolaris>repolariz \
        .revellers>revelers .revelling>reveling =revitalis>revitaliz =recognis>recogniz .revelled>reveled \
        .reveller>reveler =realis>realiz =rhapsodis>rhapsodiz .rivallings>rivalings .rivallers>rivalers \
        .rivalling>rivaling .rivalled>rivaled .rivaller>rivaler *rigour>rigor =routinis>routiniz \
        =romanis>romaniz =ruthenis>rutheniz *rumour>rumor =sanitis>sanitiz =satiris>satiriz *savour>savor \
        *sabre>saber =scandalis>scandaliz =schematis>schematiz =scrutinis>scrutiniz *sceptic>skeptic \
        =sensationalis>sensationaliz =secularis>seculariz *septicaem>septicem =sensitis>sensitiz \
        =serialis>serializ =sermonis>sermoniz =sexualis>sexualiz .shrivellings>shrivelings \
        .shovellings>shovelings .shrivellers>shrivelers .shrivelling>shriveling .shovellers>shovelers \
        .shovelling>shoveling .shrivelled>shriveled .shriveller>shriveler .shovelled>shoveled \
        .shoveller>shoveler .signallings>signalings .signallers>signalers .signalling>signaling \
        =singularis>singulariz .signalled>signaled .signaller>signaler =signalis>signaliz *skilful>skillful \
        *smoulder>smolder .snorkellings>snorkelings .snivellings>snivelings .snorkellers>snorkelers \
        .snorkelling>snorkeling .snivellers>snivelers .snivelling>sniveling .snorkelled>snorkeled \
        .snorkeller>snorkeler .snivelled>sniveled .sniveller>sniveler =soliloquis>soliloquiz \
        =socialis>socializ =sodomis>sodomiz =solubis>solubiz *sombre>somber .specialities>specialties \
        .spirallings>spiralings =spiritualis>spiritualiz .speciality>specialty .spirallers>spiralers \
        .spiralling>spiraling =specialis>specializ .spiralled>spiraled .spiraller>spiraler \
        *splendour>splendor *spectre>specter .spoilt>spoiled .squirrellings>squirrelings \
        .squirrellers>squirrelers .squirrelling>squirreling .squirrelled>squirreled .squirreller>squirreler \
        .stencillings>stencilings .stencillers>stencilers .stencilling>stenciling =standardis>standardiz \
        .stencilled>stenciled .stenciller>stenciler =stigmatis>stigmatiz =strategis>strategiz \
        =stabilis>stabiliz =sterilis>steriliz =subjectivis>subjectiviz =suburbanis>suburbaniz \
        =subsidis>subsidiz =summaris>summariz *succour>succor *sulph>sulf .swivellings>swivelings \
        .swivellers>swivelers .swivelling>swiveling .swivelled>swiveled .swiveller>swiveler \
        .symbollings>symbolings .symbollers>symbolers .symbolling>symboling =synchronis>synchroniz \
        =systematis>systematiz .symbolled>symboled .symboller>symboler =symmetris>symmetriz \
        =sympathis>sympathiz =synthesis>synthesiz =syllabis>syllabiz =symbolis>symboliz =systemis>systemiz \
        .tassellings>tasselings .tassellers>tasselers .tasselling>tasseling .tasselled>tasseled \
        .tasseller>tasseler =tantalis>tantaliz =temporalis>temporaliz =temporis>temporiz =tensoris>tensoriz \
        =terroris>terroriz *theatre>theater =theoris>theoriz .tinsellings>tinselings .tinsellers>tinselers \
        .tinselling>tinseling .tinselled>tinseled .tinseller>tinseler .totallings>totalings \
        .towellings>towelings .totallers>totalers .totalling>totaling .towellers>towelers \
        .towelling>toweling .totalled>totaled .totaller>totaler .towelled>toweled .toweller>toweler \
        =tokenis>tokeniz =totalis>totaliz *toxaem>toxem .trammellings>trammelings =transistoris>transistoriz \
        .trammellers>trammelers .trammelling>trammeling =tranquillis>tranquilliz .travellings>travelings \
        .trowellings>trowelings .trammelled>trammeled .trammeller>trammeler .travellers>travelers \
        .travelling>traveling .trowellers>trowelers .trowelling>troweling =traumatis>traumatiz \
        .travelled>traveled .traveller>traveler =trivialis>trivializ .trowelled>troweled .troweller>troweler \
        =tribalis>tribaliz .tunnellings>tunnelings .tunnellers>tunnelers .tunnelling>tunneling \
        .tunnelled>tunneled .tunneller>tunneler *tumour>tumor =tyrannis>tyranniz .tyres>tires .tyre>tire \
        =undergeneralis>undergeneraliz .unravellings>unravelings =universalis>universaliz \
        .unravellers>unravelers .unravelling>unraveling =unregularis>unregulariz =unnormalis>unnormaliz \
        .unravelled>unraveled .unraveller>unraveler *unskilful>unskillful =unionis>unioniz =urbanis>urbaniz \
        *uraem>urem =utilis>utiliz =vasectomis>vasectomiz =vandalis>vandaliz =vaporis>vaporiz *valour>valor \
        *vapour>vapor =vectoris>vectoriz =verbalis>verbaliz =victimis>victimiz =visualis>visualiz \
        *vigour>vigor =volatilis>volatiliz =vocalis>vocaliz =vulcanis>vulcaniz *watercolour>watercolor \
        .weasellings>weaselings .weasellers>weaselers .weaselling>weaseling .weaselled>weaseled \
        .weaseller>weaseler =westernis>westerniz =weaponis>weaponiz =winteris>winteriz *wilful>willful \
        .woollen>woolen .yodellings>yodelings .yodellers>yodelers .yodelling>yodeling .yodelled>yodeled \
        .yodeller>yodeler *yoghurt>yogurt \

        """

    static let index: StaticString = """
        00000000001800620062009d009d00c000c000c000c000c000fc01340299029903300330037a037a038903b103b103b103c6\
        03c603c6045d045d045d045d04e504e504e504e504f604f604f604f604f604f6050b050b050b051e051e051e052c052c052c\
        052c052c052c0783078307830783080c080c080c0926094a094a094a095a095a095a0bbf0bbf0bbf0bfe0bfe0bfe0c110c11\
        0c110c110c200c200c200c200c200c200dd50dd50dd50dd50fb10fb10fb10fb10fb10fb10fd40fd40fd40ff70ff70ff7104f\
        104f104f104f1061106110611061107410741074107410741074107410741074108d10a0117d117d11a51218122b122b1253\
        1266127b127b12b612b612b6130b130b130b130b133f133f133f133f13741374137413951395139513c513c513c513da13da\
        13da14d814d814d814d814d814d8156f156f156f156f159715971597159715971597159715e215e215e215f815f815f816b1\
        16b116b116b116b116b116b116c716c71702170217021702172a172a172a172a173d173d173d173d173d173d180f180f180f\
        180f180f180f182e182e182e182e18ec18ec18ec18ec18ec190c190c190c190c190c190c190c190c190c19bf1b5c1b761b76\
        1b761b851ba81bb71bb71bb71bb71bb71bb71bb71bb71bb71bb71bb71c411c411c411c411c411c411c411c411c411c411c56\
        1c561c561c561c561c561c6a1c6a1c6a1c6a1c6a1c6a1c6a1c6a1c6a1c6a1d031d031d031d031d181d181d181d181d181d18\
        1d181d181d181d181d181d181d181d181d181d181d181d181daa1daa1daa1daa1e601e601e601e601f2f1f2f1f2f1f2f1f2f\
        1f2f1f601f601f601f601f601f601f6f1f6f1f6f1f6f1f6f1f6f20e020e020e020e0218221822182218222cd22cd22cd22cd\
        22cd22cd24682468246824682468246824802480248024802480248024d224d224d224d2250c250c250c250c250c250c250c\
        250c250c250c254125412541254125412541254125412541254125412541254125542561257c25a225c625c625c625c625c6\
        25c625c625d725d725d726162616265626692669266926a126a126b026b026b0287528752875287529fb29fb29fb2a142a14\
        2a142a142a492a492a492a802a802a802bd12c072c072c992c992c992c992ca82ca82ca82ca82ca82ca82ca82ca82ca82ca8\
        2ca82ca82ca82ca82ca82ca82ca82ca82ca82ca82ca82ca82d2f2d2f2d2f2d2f2d2f2d2f2de02de02de02de030c330c330c3\
        30d8314831483148314831483148316c316c316c316c316c316c318d318d318d318d318d318d31ca31ca321a321a32ac32ac\
        32ac338e34243424343634363448352a3585368437043704370437e13853385338bf38bf39d139d13a503a503a503a503aa0\
        3aa03aa03ac23b2e3b2e3b2e3b2e3b2e3b2e3c223c223c223de13de13de13e5b3e5b3e5b3e5b3e863e863e863e863e863e86\
        3e863e863e863e863e863e863e863e863e863f8b3f8b3f8b3f8b3fa83fa83fb73fb73fb73fb73fb73fb73fb7400e400e400e\
        400e4034403440344034406840684068406840684068408e408e408e408e408e408e40a140a140a140a140a140a140b940b9\
        40b940b9414d414d414d414d4170417041704170417041704180418041804180418041804180418041804180418041804180\
        4180418041804180418041804180418041804180418041804180418041804180418041804180418041804180418041804180\
        4180418041804180418041804180418041804180418041804180418041f241f241f241f241f241f241f241f241f241f241f2\
        41f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f241f2\
        41f241f2
        """
}
