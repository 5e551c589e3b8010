//! Model metadata, hooks and the pipeline of rdj over SeaORM.
