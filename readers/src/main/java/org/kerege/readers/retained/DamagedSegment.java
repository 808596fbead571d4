package org.kerege.readers.retained;

import java.io.IOException;

/// A file of retained events that is not as it was written.
final class DamagedSegment extends IOException {

    DamagedSegment(String why) {
        super(why);
    }

    DamagedSegment(String why, Throwable cause) {
        super(why, cause);
    }
}
