package org.kerege.gate;

import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// All that decides who may have an object, apart from who asks: what its markings say, in which part this
/// node holds it, and whose it is. Objects of equal terms form one audience.
///
/// @param source organisation the object comes from, null when nobody claims it
public record Terms(Label label, Role role, @Nullable StixId source) {}
