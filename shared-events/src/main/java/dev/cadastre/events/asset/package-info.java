/** What happens to an asset. */
@NullMarked
package dev.cadastre.events.asset;

import org.jspecify.annotations.NullMarked;
