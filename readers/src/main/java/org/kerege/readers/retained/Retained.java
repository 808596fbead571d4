package org.kerege.readers.retained;

import org.kerege.readers.Event;

/// An event with where it came from.
///
/// @param source what the source calls itself, such as a file's path; the event's line counts in it
public record Retained(String source, Event event) {}
