/** Seals snapshots: records the digest of what they show once the view holds it. */
@NullMarked
package dev.cadastre.query.snapshots.sealing;

import org.jspecify.annotations.NullMarked;
