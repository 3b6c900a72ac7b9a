/** How requests' JSON is read and responses' JSON is written. */
@NullMarked
package dev.cadastre.http.json;

import org.jspecify.annotations.NullMarked;
