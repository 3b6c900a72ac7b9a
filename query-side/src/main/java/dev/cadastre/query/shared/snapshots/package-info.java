/** Which snapshots were taken, for views that tell what was recorded after them. */
@NullMarked
package dev.cadastre.query.shared.snapshots;

import org.jspecify.annotations.NullMarked;
