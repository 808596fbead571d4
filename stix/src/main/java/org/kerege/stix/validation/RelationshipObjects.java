package org.kerege.stix.validation;

import static org.kerege.stix.validation.Common.versioned;
import static org.kerege.stix.validation.Kinds.BOOLEAN;
import static org.kerege.stix.validation.Kinds.TEXT;
import static org.kerege.stix.validation.Kinds.TIMESTAMP;
import static org.kerege.stix.validation.Kinds.integer;
import static org.kerege.stix.validation.Kinds.list;
import static org.kerege.stix.validation.References.to;

import java.util.List;

/// The tables of the relationship objects. Source: STIX 2.1 §5.
final class RelationshipObjects {

    static final List<Shape> ALL =
            List.of(
                    versioned("relationship", "5.1")
                            .required("relationship_type", RelationshipTypes.NAME)
                            .optional("description", TEXT)
                            .required("source_ref", References.RELATABLE)
                            .required("target_ref", References.RELATABLE)
                            .optional("start_time", TIMESTAMP)
                            .optional("stop_time", TIMESTAMP)
                            .strictlyInOrder("start_time", "stop_time")
                            .rule(RelationshipTypes::suggested)
                            .build(),
                    versioned("sighting", "5.2")
                            .optional("description", TEXT)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .optional("count", integer(0, 999_999_999))
                            .required("sighting_of_ref", References.SIGHTABLE)
                            .optional("observed_data_refs", list(to("observed-data")))
                            .optional("where_sighted_refs", list(to("identity", "location")))
                            .optional("summary", BOOLEAN)
                            .inOrder("first_seen", "last_seen")
                            .build());

    private RelationshipObjects() {}
}
