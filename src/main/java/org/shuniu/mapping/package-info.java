/** Message Translator as data: what a document means to each partner, read from {@code mappings/<partner>/}. */
package org.shuniu.mapping;
