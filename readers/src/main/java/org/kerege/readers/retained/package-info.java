/// The member's own events kept in columns on disk, to be asked later for what was not known when they came. Start at
/// [org.kerege.readers.retained.RetainedEvents].
@org.jspecify.annotations.NullMarked
package org.kerege.readers.retained;
