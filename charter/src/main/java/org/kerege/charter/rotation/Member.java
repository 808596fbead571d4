package org.kerege.charter.rotation;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A member that may come to the chair.
///
/// @param id how decisions name it
/// @param names by language tag, for an alphabetical order; the id stands in for a language that is absent
/// @param joined day of accession, for an order by accession
public record Member(String id, Map<String, String> names, @Nullable LocalDate joined) {

    public Member {
        names = Map.copyOf(names);
    }

    /// A member that is known by its name alone.
    public Member(String id) {
        this(id, Map.of(), null);
    }

    String name(String language) {
        return names.getOrDefault(language, id);
    }
}
