/** Events as the API tells them to others: CloudEvents 1.0. */
@NullMarked
package dev.cadastre.query.shared.cloudevents;

import org.jspecify.annotations.NullMarked;
