import { metadataStoreContract } from '../metadata-store.contract.ts'
import { memoryStore } from './memory-store.ts'

metadataStoreContract({ name: 'memoryStore()', open: memoryStore })
