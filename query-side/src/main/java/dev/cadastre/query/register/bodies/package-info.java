/** Bodies of versions, whether they are already in the version store or still on their way. */
@NullMarked
package dev.cadastre.query.register.bodies;

import org.jspecify.annotations.NullMarked;
