// Made by Scripts/embed-profiles from Config/synonyms. Change those.

/// The shipped lists of synonyms, by name.
enum BuiltInSynonyms {
    static let texts: [String: String] = [
        "ai-alignment": #"""
        # Ways to say the same in writing on AI alignment, for `postil search --synonyms`.
        #
        # a = b = c     each also searches the others
        # a => b        a also searches b
        #
        # Case and the ending -s make no difference.

        RLHF = reinforcement learning from human feedback
        ELK = eliciting latent knowledge
        IDA = iterated distillation and amplification = iterated amplification
        CIRL = cooperative inverse reinforcement learning = assistance games
        IRL = inverse reinforcement learning
        AUP = attainable utility preservation
        DPO = direct preference optimization
        PPO = proximal policy optimization
        SAE = sparse autoencoder
        CoT = chain of thought
        FDT = functional decision theory
        AGI = artificial general intelligence = human-level AI
        LLM = language model
        OOD = out of distribution
        CAIS = comprehensive AI services
        HCH = humans consulting HCH
        LCDT = lonely causal decision theory
        CCS = contrast-consistent search
        CEV = coherent extrapolated volition

        mesa-optimizer = inner optimizer = learned optimizer
        mesa-optimization = inner optimization = learned optimization
        mesa-objective = inner objective
        scheming = deceptive alignment
        treacherous turn = deceptive alignment
        reward hacking = specification gaming = reward gaming
        wireheading = reward tampering
        goodhart's law => overoptimization
        side effects = impact measures
        shutdown = off-switch
        instrumental convergence = power-seeking
        distributional shift = out of distribution
        jailbreak => adversarial prompt
        backdoor = trojan
        interpretability => transparency
        takeoff = intelligence explosion
        scalable oversight => weak-to-strong generalization

        # Sequences and long essays, by name, and what they are about.
        RFLO = risks from learned optimization
        risks from learned optimization => mesa-optimizer
        reframing impact => attainable utility preservation = impact measures
        cartesian frames => embedded agency
        ambitious value learning => inverse reinforcement learning
        most important century => transformative AI
        intro to brain-like AGI safety => brain-like AGI
        without specific countermeasures => AI takeover

        """#
    ]
}
