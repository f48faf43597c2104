"""The conversation: understanding, acting, answering, and the faces people use it through."""
