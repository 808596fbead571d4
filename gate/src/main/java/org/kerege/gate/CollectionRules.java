package org.kerege.gate;

/// What a collection adds to the markings of its objects.
///
/// @param unmarked label of an object whose markings do not say who may have it
/// @param openReferences whether its references count as published with an object, whatever they lead to; fit
///     for public content alone
/// @param personsCleared whether its content was cleared as a whole, so that naming a person holds nothing back
public record CollectionRules(Label unmarked, boolean openReferences, boolean personsCleared) {

    /// Nothing set: unmarked objects stay in their own organisation.
    public static final CollectionRules STRICT = new CollectionRules(Label.HOME, false, false);

    public CollectionRules {
        if (!unmarked.saysWho()) {
            unmarked = unmarked.join(Label.HOME);
        }
    }

    /// Nothing set but the default marking.
    public static CollectionRules marking(Tlp unmarked) {
        return new CollectionRules(Label.of(unmarked), false, false);
    }

    /// Of public content: TLP:CLEAR where unmarked, references and persons open.
    public static final CollectionRules PUBLIC =
            new CollectionRules(Label.of(Tlp.CLEAR), true, true);
}
