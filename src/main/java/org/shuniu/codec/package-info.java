/** Formats on the wire, apart from what they mean: bytes to trees and back. */
package org.shuniu.codec;
