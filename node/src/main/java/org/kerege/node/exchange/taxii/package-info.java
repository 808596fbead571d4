/// TAXII 2.1 over HTTP. [TaxiiRoutes] has the addresses, [Pages] makes what they answer.
@NullMarked
package org.kerege.node.exchange.taxii;

import org.jspecify.annotations.NullMarked;
