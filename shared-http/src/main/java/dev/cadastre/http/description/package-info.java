/** What the API says of itself: documents put together from the fragments of its features. */
@NullMarked
package dev.cadastre.http.description;

import org.jspecify.annotations.NullMarked;
