/** The ARI client on real servers; start at {@code AmiClientIT}. */
@org.jspecify.annotations.NullMarked
package io.github.pbxsdk.it.ari;
