/// Conformance from the command line: the corpora, and a throw-away TAXII server to test clients and ourselves.
@NullMarked
package org.kerege.node.conformance;

import org.jspecify.annotations.NullMarked;
