/** What happens to a configuration item. */
@NullMarked
package dev.cadastre.events.ci;

import org.jspecify.annotations.NullMarked;
