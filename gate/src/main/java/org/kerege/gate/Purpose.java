package org.kerege.gate;

import org.kerege.stix.StixId;

/// What a recipient wants information for. The list is open: an alliance may add its own words.
///
/// @param name lower-case letters, digits and hyphens, 3 to 250 characters
public record Purpose(String name) implements Comparable<Purpose> {

    public static final Purpose DEFENCE = new Purpose("defence");
    public static final Purpose INVESTIGATION = new Purpose("investigation");
    public static final Purpose RESEARCH = new Purpose("research");
    public static final Purpose EXERCISE = new Purpose("exercise");
    public static final Purpose PUBLICATION = new Purpose("publication");

    public Purpose {
        if (!StixId.isTypeName(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a purpose");
        }
    }

    @Override
    public int compareTo(Purpose other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
