/** The fakes and the real servers, asked the same. */
package io.github.pbxsdk.it.fakes;
