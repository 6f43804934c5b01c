// Written by Scripts/generate-stop-words from Config/stopwords; edit those lists instead.

/// The lists of stop words, compiled in: name -> words separated by spaces.
enum StopWordLists {
    static let lists: [String: String] = [
        "english": """
        a an the this that these those each every either neither both all any some no none such same other \
        another few many much more most less least own several i me my mine myself we us our ours ourselves \
        you your yours yourself yourselves he him his himself she her hers herself it its itself they them \
        their theirs themselves who whom whose which what one about above across after against along among \
        around as at before behind below beneath beside between beyond by down during except for from in \
        inside into like near of off on onto out outside over per since than through throughout till to \
        toward towards under until up upon via with within without and but or nor so yet if unless because \
        while whereas although though whether when where why how then there here again also only very too \
        just even ever once still already not am is are was were be been being do does did doing done have \
        has had having can could may might must shall should will would ought i'm i've i'd i'll you're \
        you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd we'll \
        they're they've they'd they'll that's there's here's who's what's let's isn't aren't wasn't weren't \
        don't doesn't didn't haven't hasn't hadn't can't cannot couldn't mustn't shan't shouldn't won't \
        wouldn't
        """,
        "french": """
        le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos \
        votre vos leur leurs quel quelle quels quelles tout toute tous toutes chaque aucun aucune quelque \
        quelques je j tu il elle on nous vous ils elles me m te t se s lui y en moi toi soi eux qui que qu \
        quoi dont où ceci cela ça c celui celle ceux celles à après avant avec chez contre dans depuis \
        derrière dès devant durant entre envers hors jusque jusqu malgré par parmi pendant pour sans sauf \
        selon sous sur vers et ou mais donc or ni car si comme quand lorsque lorsqu puisque puisqu parce \
        ainsi alors aussi encore déjà très trop plus moins peu ne n pas non là ici être suis es est sommes \
        êtes sont étais était étions étaient été étant sera seront serait soit avoir ai as a avons avez ont \
        avais avait avaient eu ayant aura auront aurait ait
        """,
        "german": """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines \
        dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem mancher \
        manche manches solcher solche solches welcher welche welches welchen welchem alle alles allen aller \
        ich mich mir mein meine meinen meinem meiner du dich dir dein deine deinen deinem deiner er ihn ihm \
        sein seine seinen seinem seiner sie ihr ihre ihren ihrem ihrer es wir uns unser unsere unseren euch \
        euer eure man sich selbst wer wen wem wessen was ab an am ans auf aus außer bei beim bis durch für \
        gegen hinter in im ins mit nach neben ohne seit über um unter von vom vor während wegen wie zu zum \
        zur zwischen und oder aber denn sondern doch weil dass daß wenn ob obwohl damit als da dann so also \
        auch nur noch schon sehr nicht nun hier dort wo wann warum bin bist ist sind seid war waren gewesen \
        sei habe hast hat haben hatte hatten werde wird werden wurde wurden worden kann können konnte muss \
        müssen musste soll sollen sollte will wollen wollte darf dürfen mag mögen
        """,
        "spanish": """
        el la los las lo un una unos unas al del este esta estos estas ese esa esos esas aquel aquella \
        aquellos aquellas mi mis tu tus su sus nuestro nuestra nuestros nuestras cada todo toda todos todas \
        otro otra otros otras algún alguna algunos algunas ningún ninguna mismo misma tal tales yo me mí tú \
        te ti él ella ello nos nosotros nosotras vosotros vosotras os ellos ellas le les se sí usted ustedes \
        que qué quien quién quienes cual cuál cuales cuyo cuya esto eso aquello algo nada a ante bajo con \
        contra de desde durante en entre hacia hasta para por según sin sobre tras y e o u ni pero sino si \
        porque pues aunque como cómo cuando cuándo donde dónde mientras así también tampoco muy más menos no \
        ya aún aquí allí entonces solo ser soy eres es somos son era eran fue fueron sido siendo sea será \
        estar estoy está están estaba estado haber he has ha hemos han había habían hay hubo habrá
        """,
    ]
}
