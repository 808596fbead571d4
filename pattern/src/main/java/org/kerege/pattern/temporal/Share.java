package org.kerege.pattern.temporal;

import java.util.List;

/// What one demand got.
///
/// @param items numbers of observations, each at most once
record Share(List<Integer> items) {}
