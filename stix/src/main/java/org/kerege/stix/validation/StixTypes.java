package org.kerege.stix.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All object types of STIX 2.1 by name.
final class StixTypes {

    private static final Map<String, Family> FAMILIES = new HashMap<>();
    private static final Map<String, Shape> SHAPES = new HashMap<>();

    static {
        add(Family.DOMAIN, DomainObjects.ALL);
        add(Family.RELATIONSHIP, RelationshipObjects.ALL);
        add(Family.OBSERVABLE, Observables.ALL);
        add(Family.META, MetaObjects.ALL);
        FAMILIES.put("bundle", Family.BUNDLE);
    }

    private StixTypes() {}

    private static void add(Family family, List<Shape> shapes) {
        for (Shape shape : shapes) {
            FAMILIES.put(shape.name(), family);
            SHAPES.put(shape.name(), shape);
        }
    }

    static Family familyOf(String type) {
        return FAMILIES.getOrDefault(type, Family.CUSTOM);
    }

    /// The table of the type, null for a bundle and for types that the standard does not define.
    static @Nullable Shape shapeOf(String type) {
        return SHAPES.get(type);
    }
}
