/// TAXII 2.1 over HTTP. [TaxiiRoutes] has the addresses, [Pages] makes what they answer.
@NamedInterface("taxii")
@NullMarked
package org.kerege.node.exchange.taxii;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
